import { useMemo } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { bytes, count } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Command } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
import { useQuery } from '../../parts/use-query.ts';
import commitsSql from '../../sql/commits.sql?raw';
import storedSql from '../../sql/stored.sql?raw';

type Stored = Readonly<Record<'event' | 'files' | 'bytes' | 'events', Cell>>;
type Commit = Readonly<Record<'committed_at' | 'rows_added' | 'bytes_added', Cell>>;

export function StoragePanel({ turn }: { readonly turn: number }) {
  const { rows } = useQuery<Stored>(storedSql, undefined, turn);
  const commits = useQuery<Commit>(commitsSql, undefined, turn);
  const { x, series } = useMemo(() => commitsOf(commits.rows ?? []), [commits.rows]);
  const total = (rows ?? []).reduce((sum, row) => sum + (numberOf(row.bytes) ?? 0), 0);
  return (
    <Panel title="Stored" note={rows && `${bytes(total)} of Parquet; rows that each commit took in`}>
      {rows?.length === 0 ? (
        <div class="compact-hint">
          <p class="quiet">Nothing is compacted yet: every event is still hot.</p>
          <Command text="siltstone compact" />
        </div>
      ) : (
        <>
          <Chart
            label="Rows that each commit took in"
            xLabel="commit at"
            isTime
            height={120}
            format={count}
            {...{ x, series }}
          />
          <PlainTable<Stored>
            label="Stored by kind"
            class="stored"
            rows={rows}
            rowKey={({ event }) => String(event)}
            columns={[
              { label: 'kind', class: 'mono', cell: ({ event }) => String(event ?? 'several') },
              { label: 'events', isNumber: true, cell: (row) => count(numberOf(row.events)) },
              { label: 'files', isNumber: true, cell: (row) => count(numberOf(row.files)) },
              { label: 'stored', isNumber: true, cell: (row) => bytes(numberOf(row.bytes)) },
            ]}
          />
        </>
      )}
    </Panel>
  );
}

function commitsOf(rows: readonly Commit[]) {
  const inOrder = [...rows].reverse();
  const column = (name: keyof Commit) => inOrder.map((row) => numberOf(row[name]));
  return { x: column('committed_at').map((at) => at ?? 0), series: [{ label: 'rows', values: column('rows_added') }] };
}
