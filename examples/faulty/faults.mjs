// One output a frame, most of them wrong. `code` is what siltstone calls the fault; `dialect`, where there is one, is what
// the output declares itself to be in. Coordinates are px of a frame of `width` × `height`, at least 640 × 360.

/** Left, top, right, bottom, score, class. */
const good = [40, 40, 120, 200, 0.9, 0];

const rows = (code, ...list) => ({ code, dialect: 'xyxy-score-class', payload: () => list });

const objects = (code, ...list) => ({ code, dialect: 'objects-bbox-xyxy', payload: () => list });

/** Of no dialect's own: what it holds has to tell. */
const undeclared = (code, payload) => ({ code, payload });

/** @type {{ code?: string, dialect?: string, payload: (frame: { width: number, height: number }) => unknown }[]} */
export const faults = [
  rows('missing_score', good, [200, 60, 280, 240, null, 0], [300, 60, 320, 80, null, 1]),
  rows('inverted_box', good, [420, 300, 360, 220, 0.8, 0], [500, 300, 560, 220, 0.7, 0]),
  {
    code: 'out_of_bounds',
    dialect: 'xyxy-score-class',
    payload: ({ width, height }) => [
      [-30, 60, 50, 200, 0.75, 0],
      [width - 40, height - 20, width + 60, height + 40, 0.5, 1],
    ],
  },
  rows('sentinel_score', [200, 60, 280, 240, -1, 0]),
  rows('not_finite', [200, 'NaN', 280, 240, 0.9, 0], [300, 60, 380, 240, 'NaN', 0]),
  rows('score_out_of_range', [200, 60, 280, 240, 87, 0]),
  rows('unknown_label', [200, 60, 280, 240, 0.6, 7]),
  objects('missing_label', { bbox: [200, 60, 280, 240], score: 0.6 }),
  objects('bad_track_id', { bbox: [200, 60, 280, 240], score: 0.6, label: 'person', track_id: 2.5 }),
  objects('sentinel_track_id', { bbox: [200, 60, 280, 240], score: 0.6, label: 'person', track_id: -1 }),
  rows('malformed', good, [200, 60]),
  rows('units_doubtful', [0.1, 0.2, 0.3, 0.4, 0.6, 0]),
  undeclared('boxes_disagree', ({ width, height }) => ({
    resolution: { width, height },
    objects: [{ x: 10, y: 10, w: 50, h: 50, roi_type: 'person', detection: { ...inRatios, confidence: 0.8 } }],
  })),
  undeclared('other_size', () => ({
    image: { width: 320, height: 180 },
    predictions: [{ x: 240, y: 90, width: 40, height: 60, confidence: 0.7, class: 'person', class_id: 0 }],
  })),
  undeclared('several_frames', () => '7,-1,101,51,40,20,0.75,-1,-1,-1\n9,-1,201,51,40,20,0.75,-1,-1,-1\n'),
  undeclared('needs_decoder', () => ({
    model_name: 'boxes',
    outputs: [{ name: 'output0', shape: [1, 2, 3], datatype: 'FP32', data: [1, 2, 3, 4, 5, 6] }],
  })),
  undeclared('ambiguous_dialect', () => [{ bbox: [100, 100, 250, 260], score: 0.9, label: 'person' }]),
  undeclared('unknown_dialect', () => ({ weather: 'fine', players: 'many' })),
  {
    code: 'wrong_dialect',
    dialect: 'coco-results',
    payload: () => ({ detections: [{ xyxy: [40, 40, 120, 200], confidence: 0.9, class_id: 0 }], count: 1 }),
  },
  // Nothing is wrong with a frame in which nothing is.
  rows(undefined),
];

/** Beside px that say another place. */
const inRatios = { bounding_box: { x_min: 0.5, y_min: 0.5, x_max: 0.6, y_max: 0.7 } };
