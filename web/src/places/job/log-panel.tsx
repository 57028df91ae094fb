import type { Cell } from '../../api/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { useScale } from '../../parts/use-media.ts';
import { useQuery } from '../../parts/use-query.ts';
import { type TableColumn, VirtualTable } from '../../parts/virtual-table.tsx';
import logSql from '../../sql/log_of_job.sql?raw';
import type { JobPartProps } from './job.tsx';

type LogLine = Readonly<Record<'created_at' | 'level' | 'logger' | 'message', Cell>>;

const columns: readonly TableColumn<LogLine>[] = [
  { key: 'time', label: 'At', width: '7.5rem', cell: (row) => <code>{String(row.created_at).slice(11, 23)}</code> },
  {
    key: 'level',
    label: 'Level',
    width: '5rem',
    cell: ({ level }) => <span class={`level-${level}`}>{String(level)}</span>,
  },
  { key: 'message', label: 'Message', width: 'minmax(20rem, 1fr)', cell: (row) => String(row.message) },
  { key: 'logger', label: 'Logger', width: '9rem', cell: (row) => String(row.logger ?? '–') },
];

export function LogPanel({ job, turn }: JobPartProps) {
  const { rows = [] } = useQuery<LogLine>(logSql, { job: job.job_id }, turn);
  const scale = useScale();
  return (
    <Panel title="Log" class="wide">
      {rows.length === 0 ? (
        <p class="quiet">This job said nothing.</p>
      ) : (
        <VirtualTable<LogLine>
          label="Log"
          class="job-table"
          rowPx={32 * scale}
          rowKey={(_, i) => i}
          {...{ columns, rows }}
        />
      )}
    </Panel>
  );
}
