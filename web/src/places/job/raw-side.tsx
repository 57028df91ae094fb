import type { Cell } from '../../api/types.ts';
import { useScale } from '../../parts/use-media.ts';
import { VirtualTable } from '../../parts/virtual-table.tsx';
import { type JsonLine, jsonLines } from './json-lines.ts';
import type { Difference } from './output-panel.tsx';

export type RawOutput = Readonly<Record<'tool' | 'dialect' | 'payload' | 'width' | 'height', Cell>>;

interface RawSideProps {
  readonly outputs: readonly RawOutput[];
  readonly differences: readonly Difference[];
}

export function RawSide({ outputs, differences }: RawSideProps) {
  const scale = useScale();
  const changed = differences.filter(({ side }) => side === 'raw');
  const isChanged = (path: string, text: string) =>
    changed.some((one) => path.startsWith(one.path) && (one.value === text || Number(one.value) === Number(text)));
  const lines = outputs.flatMap(({ payload }) => jsonLines(typeof payload === 'string' ? parsed(payload) : payload));
  const [first] = outputs;
  return (
    <section aria-label="raw output">
      <h3>
        raw <span class="quiet">{first && `${first.dialect}, ${first.width} × ${first.height} px`}</span>
      </h3>
      <VirtualTable<JsonLine>
        label="Raw output"
        class="side raw-lines"
        rowPx={24 * scale}
        rows={lines}
        rowKey={(_, i) => i}
        columns={[
          {
            key: 'line',
            label: 'as the plugin gave it',
            width: 'minmax(0, 1fr)',
            cell: ({ depth, name, parts }) => (
              <span class="json-line" style={{ paddingLeft: `${depth * 1.25}em` }}>
                <span class="quiet">{name}</span>{' '}
                {parts.map(({ text, path }, i) =>
                  path !== undefined && isChanged(path, text) ? <mark key={i}>{text}</mark> : text,
                )}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An output in a text dialect is no JSON: it is shown as it is.
    return text;
  }
}
