import { useMemo } from 'preact/hooks';
import type { Cell, QueryResult } from '../../api/types.ts';
import { BarList } from '../../parts/bar-list.tsx';
import { Chart } from '../../parts/chart.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useScale } from '../../parts/use-media.ts';
import { type TableColumn, VirtualTable } from '../../parts/virtual-table.tsx';
import { linkTo } from '../../router.ts';
import { drawableOf } from './drawable.ts';

type Row = readonly Cell[];

export function ResultTable({ result }: { readonly result: QueryResult }) {
  const scale = useScale();
  const columns = useMemo(() => columnsOf(result), [result]);
  if (result.rows.length === 0) return <Empty title="No row">The statement is right, and nothing is like that.</Empty>;
  return (
    <VirtualTable<Row>
      label="Rows of the answer"
      class="sql-table"
      columns={columns}
      rows={result.rows}
      rowPx={32 * scale}
      rowKey={(_, i) => i}
    />
  );
}

/** Rows that are looked at to tell how wide a column is. */
const widthRows = 200;

function columnsOf({ columns, rows }: QueryResult): readonly TableColumn<Row>[] {
  const jobAt = columns.findIndex(({ name }) => name === 'job_id');
  return columns.map(({ name, type }, i) => {
    const longest = Math.max(name.length, ...rows.slice(0, widthRows).map((row) => textOf(row[i]).length));
    const isNumber = /INT|FLOAT|DOUBLE|DECIMAL/.test(type) && !type.endsWith('[]');
    return {
      key: `${i}`,
      label: name,
      width: `${Math.min(56, Math.max(6, longest)) + 3.5}ch`,
      isNumber,
      cell: (row) => cellOf(row[i], name, jobAt < 0 ? null : row[jobAt]),
    };
  });
}

/** Jobs and their frames lead to where they are shown. */
function cellOf(cell: Cell | undefined, name: string, job: Cell | undefined) {
  if (cell === null || cell === undefined) return <span class="quiet">null</span>;
  const text = textOf(cell);
  if (name === 'job_id') return <a href={linkTo.job(text)}>{text}</a>;
  if (name === 'frame_index' && typeof job === 'string') return <a href={linkTo.player(job, Number(text))}>{text}</a>;
  return <span title={text.length > 40 ? text : undefined}>{text}</span>;
}

const textOf = (cell: Cell | undefined): string =>
  typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : String(cell ?? 'null');

const barsMax = 50;
const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toLocaleString('en', { maximumFractionDigits: 2 });

export function ResultChart({ result }: { readonly result: QueryResult }) {
  const drawable = useMemo(() => drawableOf(result), [result]);
  if (drawable === undefined) {
    return (
      <Empty title="Nothing to draw">
        A chart wants a time, a number or a name in the first column, and numbers behind it.
      </Empty>
    );
  }
  if (drawable.kind === 'lines') {
    const { x, xLabel, isTime, series } = drawable;
    const label = `${series.map((one) => one.label).join(', ')} over ${xLabel}`;
    return <Chart {...{ x, xLabel, isTime, series, label }} height={320} format={shown} />;
  }
  return (
    <div class="sql-bars">
      {drawable.series.map(({ label, values }) => (
        <section key={label}>
          <h3>{label}</h3>
          <BarList
            label={label}
            format={shown}
            bars={drawable.names.slice(0, barsMax).map((name, i) => ({ name, value: values[i] ?? null }))}
          />
        </section>
      ))}
    </div>
  );
}
