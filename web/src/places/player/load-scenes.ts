import { getJson, query, rowsOf } from '../../api/client.ts';
import type { Cell, Detection, DetectionPage } from '../../api/types.ts';
import type { FrameScene, LoadScenes, PitchOfFrame } from './scenes.ts';

const pageRows = 5_000;

/** @param pitchSql a row per frame whose pitch is known */
export function scenesOfJob(jobId: string, pitchSql: string): LoadScenes {
  return async (first, last) => {
    const [boxes, pitches] = await Promise.all([
      detectionsOf(jobId, first, last),
      pitchesOf(pitchSql, jobId, first, last),
    ]);
    if (boxes === undefined) return undefined;
    const scenes = new Map<number, FrameScene>();
    for (const detection of boxes) {
      const { boxes: others = [], pitch } = scenes.get(detection.frame_index) ?? {};
      scenes.set(detection.frame_index, { boxes: [...others, drawnBox(detection)], pitch });
    }
    for (const [frame, pitch] of pitches) scenes.set(frame, { boxes: scenes.get(frame)?.boxes ?? [], pitch });
    return scenes;
  };
}

async function detectionsOf(jobId: string, first: number, last: number): Promise<readonly Detection[] | undefined> {
  const found: Detection[] = [];
  let cursor: string | null = null;
  do {
    const params = new URLSearchParams({ from_frame: `${first}`, to_frame: `${last}`, limit: `${pageRows}` });
    if (cursor !== null) params.set('cursor', cursor);
    const answer = await getJson<DetectionPage>(`/v1/jobs/${encodeURIComponent(jobId)}/detections?${params}`);
    if (!answer.ok) return undefined;
    found.push(...answer.value.detections);
    cursor = answer.value.next_cursor;
  } while (cursor !== null);
  return found;
}

interface Joint {
  readonly x: number;
  readonly y: number;
}

function drawnBox({ label, track_id, text, keypoints, x1, y1, x2, y2 }: Detection): FrameScene['boxes'][number] {
  const box = { label, x1, y1, x2, y2 };
  return {
    ...box,
    ...(track_id !== null && { track_id: Number(track_id) }),
    ...(text !== null && { text }),
    ...(Array.isArray(keypoints) && { keypoints: keypoints as readonly Joint[] }),
  };
}

type PitchRow = Readonly<Record<'frame_index' | 'homography' | 'pitch_length_m' | 'pitch_width_m', Cell>>;

async function pitchesOf(sql: string, job: string, first: number, last: number) {
  const answer = await query(sql, { job, first, last });
  const pitches = new Map<number, PitchOfFrame>();
  if (!answer.ok) return pitches;
  for (const row of rowsOf<PitchRow>(answer.value)) {
    const numbers: unknown = typeof row.homography === 'string' ? JSON.parse(row.homography) : row.homography;
    if (!isHomography(numbers)) continue;
    const pitch = { lengthM: Number(row.pitch_length_m), widthM: Number(row.pitch_width_m) };
    pitches.set(Number(row.frame_index), { ...drawnFit, pitch, homography: numbers });
  }
  return pitches;
}

/** What drawing does not ask for. */
const drawnFit = { accepted: true, keyPoints: [], inlierCount: 0, residualM: 0, residualPx: 0 } as const;

const isHomography = (value: unknown): value is PitchOfFrame['homography'] =>
  Array.isArray(value) && value.length === 9 && value.every((number) => Number.isFinite(number));
