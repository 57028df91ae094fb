import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { movedBy } from './moved-by.ts';

export interface TableColumn<Row> {
  readonly key: string;
  readonly label: string;
  /** As in `grid-template-columns`. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row, index: number) => ComponentChildren;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string | number;
  readonly rowPx?: number;
  readonly class?: string;
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** Called when the last rows come into sight. */
  readonly onEnd?: (() => void) | undefined;
}

/** Rows that are drawn above and below those in sight. */
const spareRows = 8;

/** Only the rows in sight are in the document, so that any number of them scrolls as few do. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowPx = 40, onOpen, onEnd } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState(-1);
  useEffect(() => watchSight(box.current, setSeen), []);
  const first = Math.max(0, Math.floor(seen.top / rowPx) - spareRows);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.height) / rowPx) + spareRows);
  useEffect(() => {
    if (last >= rows.length - spareRows) onEnd?.();
  }, [last, rows.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row);
    const next = movedBy(event.key, active, rows.length, Math.max(1, Math.floor(seen.height / rowPx) - 2));
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    scrollToRow(box.current, next, rowPx);
  };
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  return (
    <div
      ref={box}
      class={`table ${props.class ?? ''}`}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active >= first && active < last ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div class="table-head" role="row" aria-rowindex={1} style={template}>
        {columns.map(({ key, label: name, isNumber }) => (
          <div key={key} role="columnheader" class={isNumber ? 'number' : ''}>
            {name}
          </div>
        ))}
      </div>
      <div class="table-body" role="rowgroup" style={{ height: `${rows.length * rowPx}px` }}>
        {rows.slice(first, last).map((row, i) => (
          <TableRow
            key={props.rowKey(row, first + i)}
            id={`${id}-${first + i}`}
            index={first + i}
            isActive={first + i === active}
            style={{ ...template, height: `${rowPx}px`, transform: `translateY(${(first + i) * rowPx}px)` }}
            {...{ row, columns, onOpen, onActive: setActive }}
          />
        ))}
      </div>
    </div>
  );
}

interface TableRowProps<Row> extends Pick<VirtualTableProps<Row>, 'columns' | 'onOpen'> {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly isActive: boolean;
  readonly style: Record<string, string>;
  readonly onActive: (index: number) => void;
}

function TableRow<Row>({ id, row, index, isActive, style, columns, onOpen, onActive }: TableRowProps<Row>) {
  const classes = `table-row${isActive ? ' table-row-active' : ''}${onOpen === undefined ? '' : ' table-row-opens'}`;
  const onClick = (event: MouseEvent) => {
    onActive(index);
    if (event.target instanceof Element && event.target.closest('a, button') === null) onOpen?.(row);
  };
  return (
    // Keys are the grid's: a row of it never has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div id={id} role="row" aria-rowindex={index + 2} class={classes} style={style} onClick={onClick} tabIndex={-1}>
      {columns.map(({ key, isNumber, cell }) => (
        <div key={key} role="gridcell" tabIndex={-1} class={`cell-${key}${isNumber ? ' number' : ''}`}>
          {cell(row, index)}
        </div>
      ))}
    </div>
  );
}

function watchSight(box: HTMLElement | null, set: (seen: { top: number; height: number }) => void): () => void {
  if (box === null) return () => undefined;
  const look = () => set({ top: box.scrollTop, height: box.clientHeight });
  const observer = new ResizeObserver(look);
  observer.observe(box);
  box.addEventListener('scroll', look, { passive: true });
  return () => {
    observer.disconnect();
    box.removeEventListener('scroll', look);
  };
}

function scrollToRow(box: HTMLElement | null, index: number, rowPx: number): void {
  if (box === null) return;
  const headPx = box.firstElementChild?.clientHeight ?? 0;
  const top = index * rowPx;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowPx > box.scrollTop + box.clientHeight - headPx)
    box.scrollTop = top + rowPx - box.clientHeight + headPx;
}
