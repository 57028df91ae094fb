import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, type Fields, joined, readItems, unreadable } from '../read/fields.ts';
import { byName } from '../read/labels.ts';
import { amazonBox } from '../read/outline.ts';

export const rekognitionLabels: Dialect = {
  name: 'rekognition-labels',
  of: 'Amazon Rekognition `DetectLabels`, and `GetLabelDetection` of videos',
  form: '`{Labels[{Name, Confidence, Instances[{BoundingBox{Left, Top, Width, Height}, Confidence}], Parents[]}]}`; of a video `{Labels[{Timestamp, Label{…}}]}`',
  source: 'https://docs.aws.amazon.com/rekognition/latest/APIReference/API_Instance.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 1,
  score: 'always',
  scoreFull: 100,
  label: 'name',
  also: [],
  note: 'Boxes may lie outside 0 to 1: they are kept unclipped. A label without instances has no box, and is left out. A video’s times are no frame numbers.',
  recognise: (payload) =>
    ofSome(at(payload, 'Labels'), (item) => {
      const found = members(item, ['Name', 'Instances:list'], ['Confidence', 'Parents']);
      return found.length > 0 ? found : members(item, ['Timestamp', 'Label.Name', 'Label.Instances:list']);
    }),
  read: (payload) => {
    const list = at(payload, 'Labels');
    if (!Array.isArray(list)) return unreadable('$.Labels', 'a list has to be here');
    return joined(
      list.map((item: unknown, i) => {
        const inVideo = at(item, 'Label');
        const label = inVideo ?? item;
        const path = `$.Labels[${i}]${inVideo === undefined ? '' : '.Label'}.Instances`;
        return readItems(at(label, 'Instances') ?? [], path, (instance, place) => ({
          ...instanceOf(instance, place),
          ...byName(at(label, 'Name')),
        }));
      }),
    );
  },
};

const instanceOf = (instance: Fields, path: string): Omit<Candidate, 'label' | 'labelRaw'> => ({
  path,
  corners: amazonBox(instance.BoundingBox),
  score: instance.Confidence,
});
