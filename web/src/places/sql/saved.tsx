import type { View } from '../../api/types.ts';
import { examples } from './examples.ts';

interface SavedProps {
  readonly views: readonly View[];
  readonly onTake: (sql: string) => void;
  readonly onInsert: (view: string) => void;
}

/** Questions that are worth asking, and what there is to ask about. */
export function Saved({ views, onTake, onInsert }: SavedProps) {
  return (
    <aside class="sql-saved">
      <h2>Questions</h2>
      <ul>
        {examples.map(({ title, sql }) => (
          <li key={title}>
            <button type="button" class="sql-question" onClick={() => onTake(sql)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <h2>Views</h2>
      <ul>
        {views.map(({ name, grain, columns }) => (
          <li key={name}>
            <details>
              <summary title={grain}>{name}</summary>
              <p class="quiet">{grain}</p>
              <button type="button" class="button button-small" onClick={() => onInsert(name)}>
                Look into it
              </button>
              <ul class="sql-columns">
                {columns.map((column) => (
                  <li key={column.name}>
                    <code>{column.name}</code> <span class="quiet">{column.type.toLowerCase()}</span>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </aside>
  );
}
