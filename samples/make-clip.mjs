// Renders samples/football.mp4 and its truth. Run: node samples/make-clip.mjs
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openMp4 } from './mp4.mjs';
import { height, makeScene, width } from './scene.mjs';

const seed = 105;
const fps = 25;
const frameCount = 75;
/** Of the house's formatter. */
const lineLengthMax = 120;

await makeClip(new URL('football.mp4', import.meta.url), new URL('football.truth.json', import.meta.url));

/**
 * @param {URL} clip
 * @param {URL} truth
 */
async function makeClip(clip, truth) {
  const renderAt = makeScene(seed);
  const mp4 = await openMp4(fileURLToPath(clip), { width, height, fps });
  const frames = [];
  const textFrames = [];
  for (let i = 0; i < frameCount; i++) {
    const { rgba, objects, texts } = renderAt((i * 1000) / fps);
    await mp4.add(rgba);
    frames.push(objects.map(({ id, label, box }) => [id, label, ...box]));
    textFrames.push(texts.map(({ text, box }) => [text, ...box]));
  }
  await mp4.close();
  await writeFile(truth, truthText(frames, textFrames));
}

/** One object a line where a frame does not fit one, so that a difference can be read. */
function truthText(frames, textFrames) {
  const rowText = (row) => `      [${row.map((value) => JSON.stringify(value)).join(', ')}]`;
  const frameText = (rows) => {
    const long = `    [\n${rows.map(rowText).join(',\n')}\n    ]`;
    const short = `    [${rows.map((row) => rowText(row).trim()).join(', ')}]`;
    return short.length < lineLengthMax ? short : long;
  };
  const framesText = (all) => all.map(frameText).join(',\n');
  return `{
  "seed": ${seed},
  "width": ${width},
  "height": ${height},
  "fps": ${fps},
  "columns": ["id", "label", "x1", "y1", "x2", "y2"],
  "frames": [
${framesText(frames)}
  ],
  "text_columns": ["text", "x1", "y1", "x2", "y2"],
  "texts": [
${framesText(textFrames)}
  ]
}
`;
}
