import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DRIFT_SIGNALS,
  ISSUE_STATES,
  type IssueState,
  MOVES,
  QUIET,
  SEVERITY_WORDS,
  SIGNAL_SEVERITY,
  type Standing,
  type StateMove,
  actorOf,
  asksOutcome,
  assertMove,
  holderOf,
  isOpen,
  issueRef,
  moved,
  statesFor,
} from '../../src/domain/issue.ts';
import { defaultPolicy } from '../../src/domain/escalation.ts';

test('what can be done in which state', () => {
  const table = ISSUE_STATES.map((state) => [
    state,
    ...MOVES.map((move) => (statesFor(move).includes(state) ? move : '')).filter((move) => move !== ''),
  ]);
  expect(table).toEqual([
    ['open', 'acknowledge', 'change', 'solve', 'drop', 'merge', 'note'],
    ['acknowledged', 'change', 'solve', 'drop', 'merge', 'note'],
    ['solved', 'close', 'reopen', 'note'],
    ['closed', 'reopen', 'note'],
    ['dropped', 'reopen', 'note'],
  ]);
});

test.each(ISSUE_STATES)('a move from %s goes through or says why not and who was first', (state) => {
  for (const move of MOVES) {
    const attempt = () => assertMove(move, state, 'CLAIMS-1', 'Ana');
    if (statesFor(move).includes(state)) expect(attempt).not.toThrow();
    else
      expect(attempt).toThrow(expect.objectContaining({ code: 'conflict', message: refusal(move, state) }));
  }
});

function refusal(move: (typeof MOVES)[number], state: IssueState): string {
  if (move === 'reopen') return 'CLAIMS-1 is open already.';
  if (move === 'close' && isOpen(state))
    return 'CLAIMS-1 is not solved yet: solve it first, or drop it with a reason.';
  return `CLAIMS-1 is already ${state} by Ana.`;
}

test('where nobody is known, nobody is named', () => {
  expect(() => assertMove('solve', 'closed', 'CLAIMS-1', undefined)).toThrow('CLAIMS-1 is already closed.');
});

const NEW: Standing = {
  state: 'open',
  acknowledgedAt: null,
  acknowledgedBy: null,
  assignee: null,
  solvedAt: null,
  solvedBy: null,
  reopenedAt: null,
  closeAt: null,
  closedAt: null,
  closedBy: null,
};

const STATE_MOVES = MOVES.filter((move): move is StateMove => move !== 'change' && move !== 'note');
const steps = fc.array(
  fc.record({
    move: fc.constantFrom(...STATE_MOVES),
    by: fc.constantFrom('ana', 'bo', 'cem'),
    after: fc.integer({ min: 0, max: 1000 }),
  }),
  { maxLength: 40 },
);

test('whatever people do in whatever order, an issue stands in one clear place and keeps who was first', () => {
  fc.assert(
    fc.property(steps, (list) => {
      let now = 1;
      let issue = NEW;
      let first: { at: number; by: string } | undefined;
      for (const { move, by, after } of list) {
        now += after;
        if (!statesFor(move).includes(issue.state)) continue;
        issue = Object.assign({ ...NEW }, issue, moved(issue, move, now, by));
        if (move === 'acknowledge' || move === 'solve') first ??= { at: now, by };
        expect({ at: issue.acknowledgedAt, by: issue.acknowledgedBy }).toEqual(
          first ?? { at: null, by: null },
        );
        // Who is told that somebody was first is told the right name.
        expect(actorOf(issue)).toBe(issue.state === 'open' ? null : by);
        // Only what is solved waits to be closed; only what has ended has an end.
        expect(issue.closeAt).toBe(issue.state === 'solved' ? now + QUIET : null);
        expect(issue.closedAt !== null).toBe(issue.state === 'closed' || issue.state === 'dropped');
        if (isOpen(issue.state)) expect(issue.solvedAt).toBeNull();
        if (issue.state === 'acknowledged') expect(holderOf(issue)).toBe(by);
        // No state is a dead end.
        expect(STATE_MOVES.some((next) => statesFor(next).includes(issue.state))).toBe(true);
      }
    }),
  );
});

test('Coxswain solves and closes by itself without acknowledging for anybody', () => {
  const solved = { ...NEW, ...moved(NEW, 'solve', 5, null) };
  expect(solved).toMatchObject({ state: 'solved', solvedBy: null, acknowledgedAt: null, closeAt: 5 + QUIET });
  expect({ ...solved, ...moved(solved, 'close', 9, null) }).toMatchObject({
    state: 'closed',
    closedBy: null,
  });
});

test('only a number that moved can have a new normal', () => {
  expect(asksOutcome('m1', ['missing', 'red'])).toBe(true);
  expect(asksOutcome('m1', ['shift'])).toBe(true);
  expect(asksOutcome('m1', ['missing', 'silent', 'person'])).toBe(false);
  expect(asksOutcome(null, ['person'])).toBe(false);
});

test('drift never opens the severity that only people may say', () => {
  expect(SIGNAL_SEVERITY.red).toBe(2);
  expect(DRIFT_SIGNALS.filter((kind) => SIGNAL_SEVERITY[kind] !== 3)).toEqual(['red']);
  for (const severity of [1, 2, 3, 4] as const) {
    expect(SEVERITY_WORDS[severity]).not.toBe('');
    expect(defaultPolicy(severity) === undefined).toBe(severity === 4);
  }
});

test('an issue is called by its seat', () => {
  expect(issueRef('claims-2', 7)).toBe('CLAIMS-2-7');
});
