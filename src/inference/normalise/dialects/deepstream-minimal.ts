import { orNone } from '../candidate.ts';
import type { Dialect, DialectReading } from '../dialect.ts';
import { at, joined, unreadable } from '../read/fields.ts';
import { four, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';
import { numeric } from '../read/numbers.ts';

export const deepstreamMinimal: Dialect = {
  name: 'deepstream-minimal',
  of: 'NVIDIA DeepStream `nvmsgconv`, minimal schema: one frame a message',
  form: '`{version, id, @timestamp, sensorId, objects["id|left|top|right|bottom|class"]}`; `|#|…|confidence` follows where the class was looked at closer',
  source:
    'https://github.com/NVIDIA/DeepStream/blob/main/src/apps/reference_apps/legacy_apps/deepstream-retail-analytics/nvmsgconv/deepstream_schema/dsmeta_payload.cpp',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'optional',
  label: 'name',
  also: ['track id', 'frame'],
  note: 'Each object is one text, its parts between bars. `id` of the message is the number of the frame.',
  recognise: (payload) => {
    const list = at(payload, 'objects');
    const isBarred = (one: unknown) => typeof one === 'string' && /^\d+(\|[^|]*){5}/.test(one);
    return Array.isArray(list) && list.some(isBarred) ? ['objects of six parts between bars'] : [];
  },
  read: (payload) => {
    const list = at(payload, 'objects');
    if (!Array.isArray(list)) return unreadable('$.objects', 'a list has to be here');
    const frame = numeric(at(payload, 'id'));
    return joined(list.map((text: unknown, i) => readObject(text, `$.objects[${i}]`, frame)));
  },
};

function readObject(text: unknown, path: string, frame: unknown): DialectReading {
  const parts = typeof text === 'string' ? text.split('|') : [];
  if (parts.length < 6) return unreadable(path, 'an object is at least six parts between bars');
  const [id, left, top, right, bottom, name] = parts;
  const candidate = {
    path,
    corners: xyxy(four([left, top, right, bottom].map(numeric))),
    score: parts[6] === '#' ? numeric(parts.at(-1)) : undefined,
    ...byName(name),
    track: orNone(id, '18446744073709551615'),
    frame,
  };
  return { candidates: [candidate], issues: [] };
}
