import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count, milliseconds, percent } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
import { useQuery } from '../../parts/use-query.ts';
import latenciesSql from '../../sql/latencies.sql?raw';
import type { SpanProps } from './jobs-per-hour.tsx';

type Latency = Readonly<Record<'plugin' | 'tool' | 'runs' | 'p50' | 'p95' | 'p99' | 'error_ratio', Cell>>;

export function LatencyPanel({ hours, turn }: SpanProps) {
  const { rows } = useQuery<Latency>(latenciesSql, { hours }, turn);
  const longest = Math.max(1, ...(rows ?? []).map(({ p99 }) => numberOf(p99) ?? 0));
  return (
    <Panel title="Latency of a run" note="by plugin and tool; half, 95 and 99 of 100 are faster">
      <PlainTable<Latency>
        label="Latency by plugin and tool"
        rows={rows}
        rowKey={({ plugin, tool }) => `${plugin} ${tool}`}
        columns={[
          { label: 'plugin · tool', cell: (row) => <ToolOf row={row} /> },
          { label: 'runs', isNumber: true, cell: (row) => count(numberOf(row.runs)) },
          { label: 'p50', isNumber: true, cell: (row) => milliseconds(numberOf(row.p50)) },
          { label: 'p95', isNumber: true, cell: (row) => milliseconds(numberOf(row.p95)) },
          { label: 'p99', isNumber: true, cell: (row) => milliseconds(numberOf(row.p99)) },
          {
            label: `0 – ${milliseconds(longest)}`,
            class: 'spread-cell',
            cell: (row) => <Spread row={row} longest={longest} />,
          },
          { label: 'failed', isNumber: true, cell: (row) => percent(numberOf(row.error_ratio)) },
        ]}
      />
      {rows?.length === 0 && <p class="quiet">No plugin ran in this time.</p>}
    </Panel>
  );
}

const ToolOf = ({ row: { plugin, tool } }: { readonly row: Latency }) => (
  <>
    {String(plugin)} <span class="quiet">· {String(tool)}</span>
  </>
);

/** p50 to p99 as a line with a mark at p95; the numbers stand beside it. */
function Spread({ row, longest }: { readonly row: Latency; readonly longest: number }) {
  const [p50, p95, p99] = [row.p50, row.p95, row.p99].map((cell) => ((numberOf(cell) ?? 0) / longest) * 100);
  return (
    <svg class="spread" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="100" y1="4" y2="4" class="spread-track" />
      <line x1={p50} x2={p99} y1="4" y2="4" class="spread-line" />
      <line x1={p95} x2={p95} y1="1" y2="7" class="spread-mark" />
    </svg>
  );
}
