import type { ComponentChildren } from 'preact';

interface PlainColumn<Row> {
  readonly label: string;
  readonly isNumber?: boolean;
  readonly class?: string;
  readonly cell: (row: Row) => ComponentChildren;
}

interface PlainTableProps<Row> {
  /** What the table holds: for those who do not see it. */
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly class?: string;
}

/** A table of few rows, all of them drawn. It scrolls by itself where there is no room, by the keyboard too. */
export function PlainTable<Row>({ label, columns, rows, rowKey, class: className = '' }: PlainTableProps<Row>) {
  const classOf = (column: PlainColumn<Row>) => `${column.isNumber ? 'number ' : ''}${column.class ?? ''}`;
  return (
    <div class={`scroll-x ${className}`} role="group" aria-label={label} tabIndex={0}>
      <table class="plain-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" class={classOf(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.label} class={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
