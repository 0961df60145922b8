import { expect, test } from 'vitest';
import {
  ISSUE_STATES,
  SEVERITY_WORDS,
  SIGNAL_SEVERITY,
  assertMove,
  isOpen,
  issueRef,
  statesFor,
} from '../../src/domain/issue.ts';
import { defaultPolicy } from '../../src/domain/escalation.ts';

test('what can be done in which state', () => {
  const table = ISSUE_STATES.map((state) => [
    state,
    statesFor('acknowledge').includes(state),
    statesFor('solve').includes(state),
    isOpen(state),
  ]);
  expect(table).toEqual([
    ['open', true, true, true],
    ['acknowledged', false, true, true],
    ['solved', false, false, false],
    ['closed', false, false, false],
    ['dropped', false, false, false],
  ]);
});

test.each(ISSUE_STATES)('a move from %s goes through or says who was first', (state) => {
  for (const move of ['acknowledge', 'solve'] as const) {
    const attempt = () => assertMove(move, state, 'CLAIMS-1', 'Ana');
    if (statesFor(move).includes(state)) expect(attempt).not.toThrow();
    else
      expect(attempt).toThrow(
        expect.objectContaining({ code: 'conflict', message: `CLAIMS-1 is already ${state} by Ana.` }),
      );
  }
});

test('where nobody is known, nobody is named', () => {
  expect(() => assertMove('solve', 'closed', 'CLAIMS-1', undefined)).toThrow('CLAIMS-1 is already closed.');
});

test('drift never opens the severity that only people may say', () => {
  expect(SIGNAL_SEVERITY).toEqual({ red: 2, missing: 3 });
  for (const severity of [1, 2, 3, 4] as const) {
    expect(SEVERITY_WORDS[severity]).not.toBe('');
    expect(defaultPolicy(severity) === undefined).toBe(severity === 4);
  }
});

test('an issue is called by its seat', () => {
  expect(issueRef('claims-2', 7)).toBe('CLAIMS-2-7');
});
