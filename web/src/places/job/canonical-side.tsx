import type { Cell } from '../../api/types.ts';
import { useScale } from '../../parts/use-media.ts';
import { VirtualTable } from '../../parts/virtual-table.tsx';
import type { Difference } from './output-panel.tsx';

const fields = ['label', 'score', 'track_id', 'x1', 'y1', 'x2', 'y2', 'text'] as const;

export type CanonicalBox = Readonly<Record<(typeof fields)[number], Cell>>;

interface CanonicalSideProps {
  readonly boxes: readonly CanonicalBox[];
  readonly differences: readonly Difference[];
}

export function CanonicalSide({ boxes, differences }: CanonicalSideProps) {
  const scale = useScale();
  const marked = new Set(
    differences.filter(({ side }) => side === 'canonical').map(({ path, value }) => `${path} ${value}`),
  );
  const show = (field: (typeof fields)[number], cell: Cell) => {
    if (cell === null) return <span class="quiet">–</span>;
    const text = typeof cell === 'number' && !Number.isInteger(cell) ? String(Number(cell.toFixed(3))) : String(cell);
    return isMarked(marked, field, cell) ? <mark>{text}</mark> : text;
  };
  return (
    <section aria-label="canonical output">
      <h3>
        canonical <span class="quiet">{boxes.length} boxes, px of the frame</span>
      </h3>
      <VirtualTable<CanonicalBox>
        label="Canonical output"
        class="side"
        rowPx={24 * scale}
        rows={boxes}
        rowKey={(_, i) => i}
        columns={fields.map((field) => ({
          key: field,
          label: field,
          width: field === 'label' ? 'minmax(6rem, 1fr)' : 'minmax(4.5rem, 1fr)',
          isNumber: field !== 'label' && field !== 'text',
          cell: (box) => show(field, box[field]),
        }))}
      />
    </section>
  );
}

/** The view writes numbers as DuckDB does, `1.0` where JavaScript says `1`. */
function isMarked(marked: ReadonlySet<string>, field: string, cell: Cell): boolean {
  return marked.has(`${field} ${cell}`) || marked.has(`${field} ${cell}.0`);
}
