import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import { digestCard, digestDetailsCard } from '../../src/cards/digest.ts';
import { scorecardCard } from '../../src/cards/scorecard.ts';
import { renderCard as onSlack } from '../../src/platforms/slack/card.ts';
import { renderCard as onTeams } from '../../src/platforms/teams/card.ts';
import type { Card } from '../../src/ui/card.ts';
import { plain } from '../../src/ui/text.ts';
import { MONDAY } from '../support/app.ts';
import { sampleNames, samplePictureUrl } from '../support/sample-cards.ts';
import { type Fleet, digestOf, fleets, scorecardsOf } from './fleet.ts';

/** Both renderers throw when an element has to be cut, and Slack's own checks pass. */
function fits(card: Card, whole = true): void {
  const slack = onSlack(card, {
    names: sampleNames,
    surface: 'message',
    picture: (picture) => ({ url: samplePictureUrl('T1', picture) ?? '' }),
    strict: true,
  });
  expect(check('message', slack)).toEqual([]);
  if (whole) expect(JSON.stringify(slack.blocks)).not.toContain('… more: ');
  const teams = onTeams(card, {
    names: sampleNames,
    pictureUrl: (picture) => samplePictureUrl('tenant', picture),
    check: true,
  });
  expect(Buffer.byteLength(JSON.stringify(teams))).toBeLessThan(28 * 1024);
}

const tableOf = (card: Card) => card.body.find((element) => element.kind === 'table')!;

function pagesOf(fleet: Fleet): Card[] {
  const page = (number: number) =>
    scorecardCard({
      scorecards: scorecardsOf(fleet),
      title: 'Harbour',
      at: MONDAY,
      line: 'scorecard all',
      page: number,
    });
  const first = page(1);
  const count = Number(/ of (\d+)$/.exec(first.title)?.[1] ?? 1);
  return Array.from({ length: count }, (_, i) => (i === 0 ? first : page(i + 1)));
}

const BIG: Fleet = {
  seats: 300,
  metrics: 500,
  weeks: 52,
  names: ['受入率'.repeat(26), '👩‍🚀'.repeat(16), 'W'.repeat(80)],
  statuses: ['red', 'missing', 'yellow'],
};

const EVERY_PART: Fleet['statuses'] = [
  ...(['missing', 'yellow', 'yellow', 'none', 'yellow'] as const),
  ...(['none', 'missing', 'red', 'none', 'green'] as const),
];

describe('what people read every week stays within the limits of both platforms', () => {
  test('a scorecard: no page is cut, and the pages together hold every number once', () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const pages = pagesOf(fleet);
        // The first, the last, and one between are rendered; all are counted.
        for (const card of new Set([pages[0]!, pages[Math.floor(pages.length / 2)]!, pages.at(-1)!]))
          fits(card);
        const rows = pages.flatMap((card) => tableOf(card).rows.length);
        expect(rows.reduce((sum, n) => sum + n, 0)).toBe(fleet.metrics);
      }),
      { numRuns: 40 },
    );
  });

  test('pages begin with the worst, and each leads to the next', () => {
    const pages = pagesOf({
      ...BIG,
      names: ['Latency'],
      statuses: ['green', 'red', 'yellow', 'missing'],
      weeks: 1,
    });
    expect(pages.length).toBeGreaterThan(10);
    const words = pages.flatMap((card) => tableOf(card).rows.map((row) => plain(row[3]!)));
    expect(words).toEqual(
      words.toSorted(
        (a, b) =>
          ['red', 'missing', 'yellow', 'green'].indexOf(a) - ['red', 'missing', 'yellow', 'green'].indexOf(b),
      ),
    );
    const lines = (card: Card) =>
      card.body.flatMap((element) =>
        element.kind === 'buttons'
          ? element.buttons.flatMap(({ label, on }) =>
              on.kind === 'command' ? [`${label}: ${on.line}`] : [],
            )
          : [],
      );
    expect(lines(pages[0]!)).toContain('Next page: scorecard all page=2');
    expect(lines(pages[1]!)).toContain('Page before: scorecard all page=1');
    expect(lines(pages.at(-1)!).join()).not.toContain('Next page');
    const notes = pages[0]!.body.flatMap((e) => (e.kind === 'note' ? [plain(e.text)] : []));
    expect(notes.join()).toContain(`… and ${500 - tableOf(pages[0]!).rows.length} more`);
  });

  test('the largest one with the widest names', () => {
    for (const card of pagesOf(BIG).slice(0, 3)) fits(card);
    fits(digestCard(digestOf(BIG), true));
    // With the longest keys and names of all the end is cut, and says where the rest is.
    fits(digestDetailsCard(digestOf(BIG))!, false);
    // Three bytes a character, and something to say in every part.
    const wide: Fleet = { ...BIG, names: ['受入率'.repeat(26)], statuses: EVERY_PART };
    fits(digestDetailsCard(digestOf(wide))!, false);
  });

  test('a digest and the details in its thread', () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const view = digestOf(fleet);
        fits(digestCard(view, false));
        const details = digestDetailsCard(view);
        // Names of nothing but markup grow when they are escaped.
        if (details !== undefined) fits(details, false);
      }),
      { numRuns: 60 },
    );
  });

  test('a small channel has nothing more to say in the thread', () => {
    const view = digestOf({ seats: 1, metrics: 3, weeks: 13, names: ['Latency'], statuses: ['green'] });
    expect(digestDetailsCard({ ...view, priorities: [] })).toBeUndefined();
  });
});
