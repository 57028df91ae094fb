import type { Candidate } from '../candidate.ts';

/** The ids from 1 to 90 that COCO gave to no class. */
const unused = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83];

/**
 * A class by its COCO id, which begins with 1. With 80 labels, those of COCO, the gaps are closed; with 91, which name the gaps
 * and number 0 too, the id is the number.
 * Source: https://github.com/cocodataset/cocoapi, instances_val2017.json
 */
export function byCocoId(labelRaw: unknown, labels: readonly string[]): Pick<Candidate, 'label' | 'labelRaw'> {
  if (typeof labelRaw !== 'number') return { label: undefined, labelRaw };
  if (labels.length === 91) return { label: labels[labelRaw], labelRaw };
  if (labels.length !== 80) return { label: labels[labelRaw - 1], labelRaw };
  const isUsed = !unused.includes(labelRaw);
  const gaps = unused.filter((id) => id < labelRaw).length;
  return { label: isUsed ? labels[labelRaw - 1 - gaps] : undefined, labelRaw };
}
