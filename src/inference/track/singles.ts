import { type Candidate, makeSingleChooser, type SingleChooser } from './single.ts';

interface Labelled extends Candidate {
  readonly label: string;
}

interface SinglesOptions {
  /** Labels of which a frame has one at most. */
  readonly single: readonly string[];
  readonly tracks: boolean;
}

/** Leaves one box of each label that is single, frame by frame in their order. */
export function makeSinglesFilter({
  single,
  tracks,
}: SinglesOptions): <T extends Labelled>(boxes: readonly T[]) => readonly T[] {
  const choosers = single.map((label) => ({ label, chooser: tracks ? makeSingleChooser() : bestOnly }));
  return (boxes) => choosers.reduce((left, { label, chooser }) => leaveOne(left, label, chooser), boxes);
}

/** Without a memory each frame stands for itself. */
const bestOnly: SingleChooser = { choose: (candidates) => makeSingleChooser().choose(candidates) };

function leaveOne<T extends Labelled>(boxes: readonly T[], label: string, chooser: SingleChooser): readonly T[] {
  const candidates = boxes.filter((box) => box.label === label);
  const chosen = chooser.choose(candidates);
  return boxes.filter((box) => box.label !== label || box === candidates[chosen ?? -1]);
}
