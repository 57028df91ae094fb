interface BarListProps {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number | null }[];
  readonly format: (value: number | null) => string;
}

/** A bar for each name, the longest over the whole width. */
export function BarList({ label, bars, format }: BarListProps) {
  const most = Math.max(...bars.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  return (
    <ul class="bar-list" aria-label={label}>
      {bars.map(({ name, value }, i) => (
        <li key={i}>
          <span class="bar-name" title={name}>
            {name}
          </span>
          <meter min={0} max={most} value={Math.max(0, value ?? 0)} aria-label={name} />
          <span class="number">{format(value)}</span>
        </li>
      ))}
    </ul>
  );
}
