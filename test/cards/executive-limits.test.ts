import { expect, test } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import { executiveCard } from '../../src/cards/executive.ts';
import { funnel } from '../../src/domain/funnel.ts';
import { renderCard as onSlack } from '../../src/platforms/slack/card.ts';
import { renderCard as onTeams } from '../../src/platforms/teams/card.ts';
import type { ExecutiveView } from '../../src/queries/executive.ts';
import { MONDAY } from '../support/app.ts';
import { sampleNames } from '../support/sample-cards.ts';

const seat = (name: string, at: number) => ({ id: `s${at}`, key: `seat-with-a-long-key-${at}`, name });

/** Everything is wrong everywhere, and nothing is ready. */
const worst = (name: string): ExecutiveView => ({
  org: name,
  zone: 'Europe/Berlin',
  at: MONDAY,
  week: { key: '2026-W46', start: 0, end: 1 },
  seats: 10_000,
  halted: 10_000,
  counts: { green: 0, yellow: 99_999, red: 99_999, missing: 99_999 },
  issues: { 1: 9999, 2: 9999, 3: 9999, 4: 9999 },
  overdue: 9999,
  latePriorities: 9999,
  worst: Array.from({ length: 10 }, (_, at) => ({
    seat: { ...seat(name, at), stage: 'production' as const, halted: true },
    red: [name, name, name, name],
    missing: [name, name, name, name],
    yellow: 99,
    issues: { 1: 99, 2: 99, 3: 99, 4: 99 },
    overdue: 99,
    latePriorities: 99,
  })),
  more: 9990,
  funnel: funnel([], MONDAY),
  readiness: {
    scored: 9999,
    neverScored: 9999,
    median: 50,
    lowest: Array.from({ length: 5 }, (_, at) => ({
      seat: seat(name, at),
      percent: 0,
      letters: 'R R R R R R R R',
    })),
  },
});

test.each(['W'.repeat(80), '受入率'.repeat(26), '"\\&<>|*_~'.repeat(8), '👩‍🚀'.repeat(16)])(
  'the executive page stays within the limits of both platforms: %s',
  (name) => {
    const card = executiveCard(worst(name), true);
    const slack = onSlack(card, {
      names: sampleNames,
      surface: 'message',
      picture: () => ({ file: 'F1' }),
      strict: true,
    });
    expect(check('message', slack)).toEqual([]);
    expect(JSON.stringify(slack.blocks)).toContain('The least ready');
    const teams = onTeams(card, { names: sampleNames, pictureUrl: () => undefined, check: true });
    expect(Buffer.byteLength(JSON.stringify(teams))).toBeLessThan(28 * 1024);
  },
);
