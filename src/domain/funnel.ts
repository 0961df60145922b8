import { DAY, type Instant } from '../clock.ts';
import { STAGES, type Stage } from './seat.ts';

/** Where a seat stands, and how it came there, oldest change first. */
export interface Journey {
  readonly stage: Stage;
  readonly createdAt: Instant;
  readonly moves: readonly { readonly from: Stage; readonly to: Stage; readonly at: Instant }[];
}

export interface StageCount {
  readonly stage: Stage;
  readonly seats: number;
  /** Median of the days for which its seats have stood there; undefined without seats. */
  readonly days: number | undefined;
}

export interface Funnel {
  readonly stages: readonly StageCount[];
  /** Seats that were in pilot at some time. */
  readonly piloted: number;
  /** Those of them that reached production, whatever came later. */
  readonly reached: number;
  /** Seats that were retired before they ever reached production: stopped by a decision, with a reason. */
  readonly stopped: number;
}

/** The lower middle of an even number, so that a figure is one that was there. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

const rank = (stage: Stage): number => STAGES.indexOf(stage);
const stagesOf = ({ stage, moves }: Journey): Stage[] => [
  ...(moves[0] === undefined ? [] : [moves[0].from]),
  ...moves.map((move) => move.to),
  stage,
];
const sinceOf = ({ createdAt, moves }: Journey): Instant => moves.at(-1)?.at ?? createdAt;

/** How far the organisation's seats came. `now` is when the days in a stage are counted to. */
export function funnel(journeys: readonly Journey[], now: Instant): Funnel {
  const byStage = Map.groupBy(journeys, (journey) => journey.stage);
  const stages = STAGES.map((stage): StageCount => {
    const here = byStage.get(stage) ?? [];
    const days = here.map((journey) => Math.floor((now - sinceOf(journey)) / DAY));
    return { stage, seats: here.length, days: median(days) };
  });
  let [piloted, reached, stopped] = [0, 0, 0];
  for (const journey of journeys) {
    const seen = stagesOf(journey);
    const inProduction = seen.includes('production');
    if (seen.includes('pilot')) {
      piloted += 1;
      if (inProduction) reached += 1;
    }
    if (journey.stage === 'retired' && !inProduction) stopped += 1;
  }
  return { stages, piloted, reached, stopped };
}

/** Upwards needs a decision; out of retirement is upwards, too. */
export const isUpwards = (from: Stage, to: Stage): boolean =>
  from === 'retired' || (to !== 'retired' && rank(to) > rank(from));

/** The stage after this one on the way to production: what was retired begins anew. Nothing comes after production. */
export function nextStage(stage: Stage): Stage | undefined {
  if (stage === 'retired') return 'proposed';
  return stage === 'production' ? undefined : STAGES[rank(stage) + 1];
}
