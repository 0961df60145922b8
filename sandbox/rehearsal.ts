import { moveClock } from '../jobs/engine.ts';
import type { AnyAction } from '../src/actions/action.ts';
import { acknowledgeIssue, solveIssue } from '../src/actions/issue/index.ts';
import { perform } from '../src/actions/perform.ts';
import { logReadings } from '../src/actions/reading/index.ts';
import { HOUR, type Instant, MINUTE, type MoveableClock } from '../src/clock.ts';
import type { Coxswain } from '../src/coxswain.ts';
import { nextInstant } from '../src/domain/calendar.ts';
import { isOpen } from '../src/domain/issue.ts';
import { loadIssueLines } from '../src/queries/issue.ts';
import { ZONE } from './company.ts';
import { NUMBERS } from './example-data.ts';

const MONDAY_EIGHT = { kind: 'weekly', day: 'mon', time: '08:00' } as const;
const WEEKDAY_ELEVEN = { kind: 'daily', time: '11:00' } as const;

export interface Cast {
  readonly coxswain: Coxswain;
  readonly clock: MoveableClock;
  readonly org: string;
  /** Person ids by handle. */
  readonly people: ReadonlyMap<string, string>;
}

/**
 * While a quarter is played the five people do their part: they log their numbers on Monday morning, answer what
 * waits for them before noon, and now and then forget or have a bad week. Otherwise only what is pressed happens.
 */
export function createRehearsal(cast: Cast) {
  let week = 0;

  async function advance(to: Instant): Promise<void> {
    const { coxswain, clock } = cast;
    for (;;) {
      const monday = nextInstant(MONDAY_EIGHT, ZONE, clock.now());
      const eleven = nextInstant(WEEKDAY_ELEVEN, ZONE, clock.now());
      const next = Math.min(monday, eleven);
      if (next > to) break;
      await moveClock(coxswain.app, coxswain.engine, clock, next);
      if (next === monday) await logWeek(cast, week++);
      else await answer(cast);
      await moveClock(coxswain.app, coxswain.engine, clock, Math.min(to, clock.now() + MINUTE));
    }
    await moveClock(coxswain.app, coxswain.engine, clock, to);
  }
  return { advance };
}

const does = ({ coxswain: { app }, org, people }: Cast, handle: string, action: AnyAction, input: unknown) =>
  perform({ ...app, org, actor: { kind: 'person', person: people.get(handle)! } }, action, input);

/** A number between -1 and 1 that looks like chance and is the same every time. */
const wobble = (n: number): number => Math.sin(n * 12.9898) * Math.cos(n * 4.1414);

async function logWeek(cast: Cast, week: number): Promise<void> {
  for (const [by, theirs] of Map.groupBy(NUMBERS, (n) => n.by)) {
    const readings = theirs.flatMap((number, i) => {
      const seed = week * 31 + i * 7 + by.length;
      if (seed % 23 === 0) return [];
      const good = number.direction === 'lower' ? number.target * 0.88 : number.target * 1.04;
      const bad = number.direction === 'lower' ? number.target * 1.9 : number.target * 0.82;
      const usual = seed % 29 === 3 ? bad : good;
      const most = number.unit === '%' ? 99.4 : Infinity;
      const value = Math.min(most, usual * (1 + wobble(seed) * 0.03));
      return [{ seat: number.seat, metric: number.key, value: Number(value.toFixed(2)) }];
    });
    if (readings.length > 0) await does(cast, by, logReadings, { readings });
  }
}

/** The accountable owner of each seat takes what is open, and solves what is a few days old. */
async function answer(cast: Cast): Promise<void> {
  const { coxswain, clock, org } = cast;
  const lines = await loadIssueLines(coxswain.app.store.read, org, {
    limit: 50,
    now: coxswain.app.clock.now(),
  });
  for (const { issue } of lines.filter((l) => isOpen(l.issue.state))) {
    if (issue.state === 'open') await does(cast, 'ana', acknowledgeIssue, { issue: issue.ref });
    else if (clock.now() - issue.openedAt > 50 * HOUR) {
      await does(cast, 'ana', solveIssue, {
        issue: issue.ref,
        cause: 'A supplier changed a form.',
        fix: 'The new form was added to the examples.',
        lesson: 'Suppliers tell us two weeks ahead, because examples take one week to collect.',
      });
    }
  }
}
