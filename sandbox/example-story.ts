import { scheduleExecutive } from '../src/actions/digest/index.ts';
import { acknowledgeIssue, newIssue, noteIssue, solveIssue } from '../src/actions/issue/index.ts';
import { setTarget } from '../src/actions/metric/index.ts';
import { addPriority, endPriority, trackPriority } from '../src/actions/priority/index.ts';
import { giveScore } from '../src/actions/score/index.ts';
import { moveSeat } from '../src/actions/seat/index.ts';
import type { AnyAction } from '../src/actions/action.ts';
import { ZONE } from './company.ts';
import { MOVES, PRIORITIES, SCORES } from './example-data.ts';
import { scoreInFull } from './example-readiness.ts';
import { WEEKS } from './example-numbers.ts';

/** What one of the five does: the same actions as from the chat. */
export type Does = <R>(handle: string, action: AnyAction, input: unknown) => Promise<R>;

export interface Stage {
  readonly does: Does;
  /** Ids by handle and by channel name. */
  readonly people: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
  /** The quarter in which the story ends. */
  readonly quarter: string;
  /** Issues of a seat that nobody has taken yet. */
  readonly waiting: (seat: string) => Promise<readonly string[]>;
}

/** What happens on the Monday morning after a played week, beside the numbers. */
export async function tellStory(stage: Stage, week: number): Promise<void> {
  const { does } = stage;
  for (const { by, seat, week: at, note, ...marks } of SCORES)
    if (at === week) await does(by, giveScore, { seat, marks, note });
  await scoreInFull(stage, week);
  for (const { by, week: at, ...move } of MOVES) if (at === week) await does(by, moveSeat, move);
  if (week === 1) await formOfAddress(does);
  if (week === 3) {
    await does('cem', setTarget, {
      seat: 'claims',
      metric: 'cycle',
      target: 55,
      because: 'The queues have held for a quarter, and customers are promised an hour with the letter.',
    });
  }
  if (week === WEEKS - 3) {
    const toId = stage.channels.get('ai-governance');
    await does('ana', scheduleExecutive, { toKind: 'channel', toId, when: 'mon 09:15', zone: ZONE });
  }
  if (week === WEEKS - 2) {
    await callBacks(does);
    await plan(stage);
  }
  if (week >= WEEKS - 2) await track(stage, week);
  // What statistics saw in the small shift.
  if (week === WEEKS - 1) {
    for (const issue of await stage.waiting('intake')) await does('bo', acknowledgeIssue, { issue });
  }
}

/** An issue from beginning to end; what was learned becomes a rule for other seats. */
async function formOfAddress(does: Does): Promise<void> {
  const { ref } = await does<{ ref: string }>('dana', newIssue, {
    seat: 'letters',
    title: 'Letters address customers by the wrong form',
    severity: 2,
    kind: 'incident',
    detail: 'Three letters today used the informal form for corporate customers.',
  });
  await does('cem', acknowledgeIssue, { issue: ref });
  await does('bo', noteIssue, { issue: ref, text: 'Only letters to companies: people get the right form.' });
  await does('cem', solveIssue, {
    issue: ref,
    cause: 'The template named the form of address, the prompt overruled it.',
    fix: 'The form of address comes from the customer record and is checked before sending.',
    lesson: 'Prompts change more often than records, so they cannot be what a letter relies on.',
    rule: 'yes',
    fits: 'ai',
    says: 'What a record knows is never left to a prompt.',
  });
}

/** One that is being worked on. */
async function callBacks(does: Does): Promise<void> {
  const { ref } = await does<{ ref: string }>('cem', newIssue, {
    seat: 'voice',
    title: 'Summaries leave out the promised call-back time',
    severity: 3,
    kind: 'feedback',
  });
  await does('dana', acknowledgeIssue, { issue: ref });
  await does('dana', noteIssue, { issue: ref, text: 'Seen in 4 of 50 calls that I listened to again.' });
}

async function plan({ does, people, quarter }: Stage): Promise<void> {
  for (const { seat, title, owner } of PRIORITIES)
    await does('ana', addPriority, { seat, title, owner: people.get(owner), quarter });
}

async function track({ does }: Stage, week: number): Promise<void> {
  for (const { ref, owner, tracks } of PRIORITIES) {
    const said = tracks[week - (WEEKS - 2)];
    if (said === undefined) continue;
    if (said === 'done') await does(owner, endPriority, { priority: ref, state: 'done' });
    else await does(owner, trackPriority, { priority: ref, ...said });
  }
}
