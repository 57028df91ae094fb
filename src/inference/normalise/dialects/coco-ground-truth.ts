import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { triples } from '../read/keypoints.ts';

export const cocoGroundTruth: Dialect = {
  name: 'coco-ground-truth',
  of: 'COCO annotation files',
  form: '`{images[{id, width, height}], annotations[{image_id, category_id, bbox[x, y, w, h], area, iscrowd}], categories[{id, name}]}`',
  source: 'https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/coco.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'never',
  label: 'name',
  also: ['key points', 'frame'],
  note: 'The names are in the file itself, under `categories`.',
  recognise: (payload) => {
    const item = ofSome(at(payload, 'annotations'), (one) => members(one, ['bbox:four', 'category_id']));
    return item.length === 0 ? [] : members(payload, ['annotations', 'categories:list'], ['images']);
  },
  read: (payload) => {
    const names = namesOf(at(payload, 'categories'));
    const reading = readItems(at(payload, 'annotations'), '$.annotations', (item, path) => ({
      path,
      corners: xywh(four(item.bbox)),
      label: names.get(item.category_id),
      labelRaw: item.category_id,
      keypoints: triples(item.keypoints),
      frame: item.image_id,
    }));
    return { ...reading, size: sizeOf(at(payload, 'images')) };
  },
};

function namesOf(categories: unknown): ReadonlyMap<unknown, string> {
  const list: readonly unknown[] = Array.isArray(categories) ? categories : [];
  return new Map(list.map((one) => [at(one, 'id'), String(at(one, 'name') ?? '')]));
}

/** Only of a file about one image: of several each has its own. */
function sizeOf(images: unknown) {
  if (!Array.isArray(images) || images.length !== 1) return undefined;
  const [width, height] = [at(images[0], 'width'), at(images[0], 'height')];
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined;
}
