import type { Box } from '../box.ts';
import { correct, type Motion, predict, startMotion } from './kalman.ts';

export interface Candidate extends Box {
  readonly score?: number;
}

/** Of several places where one thing may be, such as the ball, the one that is believed. One chooser a job. */
export interface SingleChooser {
  /** @returns the index of the next frame's candidate that is the thing; none where it is not seen. */
  choose(candidates: readonly Candidate[]): number | undefined;
}

/** A place that is followed over the frames. */
interface Lead {
  readonly x: Motion;
  readonly y: Motion;
  readonly size: number;
  /** 0 to 1: the score, averaged over the last frames; 0 counts for a frame without it. */
  readonly support: number;
  readonly missedCount: number;
  /** The candidate of this frame. */
  readonly candidate: number | undefined;
}

/** How much of the support the latest frame makes. */
const supportGain = 0.2;
/** A rival has to have so much more support: one frame does not make the thing jump across the pitch. */
const leadMargin = 0.1;
/** How far from where it is expected a candidate still is the same thing, in its sizes; grows while it is not seen. */
const reach = { seen: 3, perMiss: 1, max: 10 };
const supportMin = 0.02;
/** Standard deviations in sizes. */
const deviation = { start: 0.5, process: 0.3, measurement: 0.2 };

export function makeSingleChooser(): SingleChooser {
  let leads: readonly Lead[] = [];
  return {
    choose(candidates) {
      const followed = follow(leads, candidates);
      // The first is the one that is believed.
      const [believed, ...rivals] = followed;
      const rival = rivals.toSorted((a, b) => b.support - a.support)[0];
      const isBeaten = (rival?.support ?? 0) > (believed?.support ?? 0) + leadMargin;
      const first = isBeaten || believed === undefined ? rival : believed;
      leads = [...(first ? [first] : []), ...followed.filter((lead) => lead !== first)].filter(isAlive);
      return first?.candidate;
    },
  };
}

/** The leads one frame later, the best candidates given to the nearest lead first; what is left begins new ones. */
function follow(leads: readonly Lead[], candidates: readonly Candidate[]): readonly Lead[] {
  const next = leads.map(predictLead);
  const started: Lead[] = [];
  const order = candidates.map((_, i) => i).sort((a, b) => scoreOf(candidates[b]) - scoreOf(candidates[a]));
  for (const index of order) {
    const candidate = candidates[index];
    if (candidate === undefined || !(sizeOf(candidate) > 0)) continue;
    const nearest = nearestOf(next, candidate);
    if (nearest === undefined) started.push(startLead(candidate, index));
    else next[next.indexOf(nearest)] = seeLead(nearest, candidate, index);
  }
  return [...next, ...started];
}

/** The free lead that is nearest and within reach. */
function nearestOf(leads: readonly Lead[], candidate: Candidate): Lead | undefined {
  const distances = leads.map((lead) => {
    const away = Math.hypot(lead.x.position - centreOf(candidate).x, lead.y.position - centreOf(candidate).y);
    const sizes = Math.min(reach.seen + reach.perMiss * (lead.missedCount - 1), reach.max);
    return lead.candidate === undefined && away <= sizes * lead.size ? away : Number.POSITIVE_INFINITY;
  });
  const nearest = Math.min(...distances);
  return Number.isFinite(nearest) ? leads[distances.indexOf(nearest)] : undefined;
}

function startLead(candidate: Candidate, index: number): Lead {
  const size = sizeOf(candidate);
  const { x, y } = centreOf(candidate);
  const variance = (deviation.start * size) ** 2;
  const support = supportGain * scoreOf(candidate);
  return { x: startMotion(x, variance), y: startMotion(y, variance), size, support, missedCount: 0, candidate: index };
}

function predictLead(lead: Lead): Lead {
  const variance = (deviation.process * lead.size) ** 2;
  return {
    ...lead,
    x: predict(lead.x, variance),
    y: predict(lead.y, variance),
    support: lead.support * (1 - supportGain),
    missedCount: lead.missedCount + 1,
    candidate: undefined,
  };
}

function seeLead(lead: Lead, candidate: Candidate, index: number): Lead {
  const { x, y } = centreOf(candidate);
  const variance = (deviation.measurement * lead.size) ** 2;
  return {
    ...lead,
    x: correct(lead.x, x, variance),
    y: correct(lead.y, y, variance),
    support: lead.support + supportGain * scoreOf(candidate),
    missedCount: 0,
    candidate: index,
  };
}

const isAlive = ({ support }: Lead): boolean => support >= supportMin;

const scoreOf = (candidate: Candidate | undefined): number => candidate?.score ?? 0;

const sizeOf = ({ y1, y2 }: Box): number => y2 - y1;

const centreOf = ({ x1, y1, x2, y2 }: Box) => ({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
