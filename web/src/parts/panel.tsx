import type { ComponentChildren } from 'preact';

interface PanelProps {
  readonly title: string;
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** One thing to look at, with its name above it. */
export function Panel({ title, note, actions, class: className = '', children }: PanelProps) {
  return (
    <section class={`panel ${className}`} aria-label={title}>
      <header class="panel-head">
        <h2>{title}</h2>
        {note !== undefined && <p class="panel-note">{note}</p>}
        {actions !== undefined && <div class="panel-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
