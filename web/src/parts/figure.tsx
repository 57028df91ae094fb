interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly note?: string | number | undefined;
  readonly isBad?: boolean;
}

/** One number, with its unit. In a `<dl class="figures">`. */
export function Figure({ label, value, note, isBad = false }: FigureProps) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd class={isBad ? 'figure-bad' : ''}>
        {value} <span class="figure-note">{note}</span>
      </dd>
    </div>
  );
}
