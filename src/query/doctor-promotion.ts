import type { Engine } from '../engine.ts';
import { loadPromotion, promotionPath, writableColumns } from '../inbox/index.ts';
import { loadSnapshot, type Storage } from '../lake/index.ts';
import type { Finding } from './doctor.ts';
import { promotedViews } from './promoted-views.ts';

/** Whether the settings file can be read, and whether the lake can hold what it asks for. Nothing is said where there is none. */
export async function examinePromotion(storage: Storage, engine: Engine): Promise<readonly Finding[]> {
  const promotion = await loadPromotion(storage);
  if (promotion.size === 0) return [];
  const snapshot = await loadSnapshot(storage, engine);
  const views = promotedViews(promotion, snapshot).map(({ name }) => name);
  const retyped = [...promotion.values()].flatMap(({ fields }) => {
    const writable = new Set(writableColumns(fields, snapshot));
    return fields.filter((field) => field.type !== 'JSON' && !writable.has(field));
  });
  return [
    { state: 'ok', of: promotionPath, found: `views of promoted kinds: ${views.join(', ')}` },
    ...retyped.map(
      ({ column, type }): Finding => ({
        state: 'warning',
        of: promotionPath,
        found: `the lake holds the column ${column} in another type than ${type}`,
        remedy: 'The view follows the file all the same, but other engines see new events without the column.',
      }),
    ),
  ];
}
