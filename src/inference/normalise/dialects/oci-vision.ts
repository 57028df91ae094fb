import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { byName } from '../read/labels.ts';
import { boundingPoly } from '../read/outline.ts';

export const ociVision: Dialect = {
  name: 'oci-vision',
  of: 'Oracle Cloud Vision, object detection',
  form: '`{imageObjects[{name, confidence, boundingPolygon{normalizedVertices[{x, y}]}}]}`',
  source: 'https://docs.oracle.com/en-us/iaas/tools/dotnet/89.2.0/api/Oci.AivisionService.Models.ImageObject.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline, around which the box is',
  unit: 1,
  score: 'always',
  label: 'name',
  also: ['key points'],
  recognise: (payload) =>
    ofSome(at(payload, 'imageObjects'), (item) => members(item, ['name', 'boundingPolygon'], ['confidence'])),
  read: (payload) =>
    readItems(at(payload, 'imageObjects'), '$.imageObjects', (item, path) => ({
      path,
      ...boundingPoly(item.boundingPolygon),
      score: item.confidence,
      ...byName(item.name),
    })),
};
