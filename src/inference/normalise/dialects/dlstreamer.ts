import type { Corners } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import type { Issue } from '../issues.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, readItems } from '../read/fields.ts';
import { members, xywh, xyxy } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';
import { sizeIn } from '../read/size.ts';

/** px are whole numbers there: both ends are rounded. */
const apartMaxPx = 1.5;

export const dlstreamer: Dialect = {
  name: 'dlstreamer',
  of: 'Intel DL Streamer `gvametaconvert`',
  form: '`{resolution{width, height}, timestamp, source, objects[{x, y, w, h, id?, roi_type, region_id, detection{bounding_box{x_min, y_min, x_max, y_max}, confidence, label, label_id}}]}`',
  source:
    'https://github.com/open-edge-platform/dlstreamer/blob/main/src/monolithic/gst/elements/gvametaconvert/jsonconverter.cpp',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom as ratios; left, top, width, height in px beside them',
  unit: 1,
  score: 'always',
  label: 'name or number',
  also: ['track id'],
  note: 'The box stands there twice: the ratios are kept, and where px say another place that is an issue. A frame without objects has no list.',
  recognise: (payload) =>
    ofSome(at(payload, 'objects'), (item) =>
      membersOf(item, ['detection.bounding_box.x_min'], ['x', 'w', 'roi_type', 'detection.confidence']),
    ),
  read: (payload, { labels }) => {
    const resolution = sizeIn(at(payload, 'resolution'));
    const apart: Issue[] = [];
    const list = at(payload, 'objects') ?? (resolution === undefined ? undefined : []);
    const { candidates, issues } = readItems(list, '$.objects', (item, path) => {
      const ratios = xyxy(members(at(item.detection, 'bounding_box'), ['x_min', 'y_min', 'x_max', 'y_max']));
      const px = xywh(members(item, ['x', 'y', 'w', 'h']));
      if (areApart(ratios, px, resolution)) {
        apart.push({ code: 'boxes_disagree', path, message: 'px and ratios say two places' });
      }
      return {
        path,
        corners: ratios ?? px,
        unit: ratios === undefined ? 'frame px' : 1,
        ...saidOf(item, labels),
      };
    });
    return { candidates, issues: [...issues, ...apart], size: resolution };
  },
};

const saidOf = ({ detection, id, roi_type: roi }: Fields, labels: readonly string[]) => ({
  score: at(detection, 'confidence'),
  ...byNameElseNumber(at(detection, 'label') ?? roi, at(detection, 'label_id'), labels),
  track: id,
});

function areApart(ratios: Corners | undefined, px: Corners | undefined, size: ReturnType<typeof sizeIn>): boolean {
  if (ratios === undefined || px === undefined || size === undefined) return false;
  return ratios.some((ratio, i) => {
    const there = Number(ratio) * (i % 2 === 0 ? size.width : size.height);
    return Math.abs(there - Number(px[i])) > apartMaxPx;
  });
}
