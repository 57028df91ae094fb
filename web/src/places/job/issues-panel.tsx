import { useState } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { useScale } from '../../parts/use-media.ts';
import { useQuery } from '../../parts/use-query.ts';
import { type TableColumn, VirtualTable } from '../../parts/virtual-table.tsx';
import { goTo, linkTo } from '../../router.ts';
import issuesSql from '../../sql/issues_of_job.sql?raw';
import type { JobPartProps } from './job.tsx';

type Issue = Readonly<Record<'frame_index' | 'code' | 'path' | 'message' | 'tool', Cell>>;

export function IssuesPanel({ job, turn }: JobPartProps) {
  const { rows = [] } = useQuery<Issue>(issuesSql, { job: job.job_id }, turn);
  const [code, setCode] = useState('');
  const scale = useScale();
  const codes = [...new Set(rows.map((row) => String(row.code)))];
  const shown = code === '' ? rows : rows.filter((row) => row.code === code);
  const linkOf = (row: Issue) => linkTo.player(job.job_id, numberOf(row.frame_index) ?? 0);
  const columns: readonly TableColumn<Issue>[] = [
    {
      key: 'frame',
      label: 'Frame',
      width: '5rem',
      isNumber: true,
      cell: (row) => (
        <a href={linkOf(row)} tabIndex={-1}>
          {count(numberOf(row.frame_index))}
        </a>
      ),
    },
    { key: 'code', label: 'What', width: '9rem', cell: (row) => <code>{String(row.code)}</code> },
    { key: 'message', label: 'In words', width: 'minmax(16rem, 1fr)', cell: (row) => String(row.message) },
    { key: 'path', label: 'Where', width: 'minmax(7rem, 0.4fr)', cell: (row) => <code>{String(row.path)}</code> },
  ];
  const choice = codes.length > 1 && (
    <select aria-label="issue" value={code} onChange={({ currentTarget }) => setCode(currentTarget.value)}>
      <option value="">all {count(rows.length)}</option>
      {codes.map((one) => (
        <option key={one} value={one}>
          {one} {count(rows.filter((row) => row.code === one).length)}
        </option>
      ))}
    </select>
  );
  return (
    <Panel title="Issues" class="wide" note="bad values in outputs; a row opens its frame" actions={choice}>
      {rows.length === 0 ? (
        <p class="quiet">Every value was as it should be.</p>
      ) : (
        <VirtualTable<Issue>
          label="Issues"
          class="job-table"
          columns={columns}
          rowPx={32 * scale}
          rows={shown}
          rowKey={(_, i) => i}
          onOpen={(row) => goTo(linkOf(row))}
        />
      )}
    </Panel>
  );
}
