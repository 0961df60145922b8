import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../src/platforms/teams/card.ts';
import { LIMITS, LimitError, bytes } from '../../src/platforms/teams/limits.ts';
import { type Card, buttons, card, list, note, paragraph, pressButton, table } from '../../src/ui/card.ts';
import { person } from '../../src/ui/text.ts';
import { sampleCards, sampleNames, samplePictureUrl } from '../support/sample-cards.ts';
import { anyCard } from './generate.ts';
import { complaints, roundTrip, stringsUnder } from './microsoft.ts';

const names = {
  user: (id: string) => (id === 'p_bo' ? undefined : { ref: `aad-${id}`, name: `Person *${id}*` }),
};
const options = { names, pictureUrl: () => undefined };
const render = (shown: Card) => renderCard(shown, options);

describe('samples', () => {
  test.each(Object.entries(sampleCards))(
    '%s is as agreed, and Microsoft has nothing to say',
    async (name, shown) => {
      const rendered = renderCard(shown, {
        names: sampleNames,
        pictureUrl: (picture) => samplePictureUrl('tenant', picture),
        check: true,
      });
      expect(complaints(rendered)).toEqual([]);
      await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(
        `../golden/teams/card-${name}.json`,
      );
    },
  );

  test('no golden file is left over from a sample that is gone', () => {
    const files = readdirSync(new URL('../golden/teams', import.meta.url)).filter((f) =>
      f.startsWith('card-'),
    );
    expect(files.toSorted()).toEqual(
      Object.keys(sampleCards)
        .map((name) => `card-${name}.json`)
        .toSorted(),
    );
  });

  test("Microsoft's object model understands every element of every sample", () => {
    const kinds = (json: unknown) =>
      new Set(stringsUnder(json, ['type']).filter((t) => !['mention', 'task/fetch'].includes(t)));
    for (const shown of Object.values(sampleCards)) {
      const rendered = render(shown);
      expect(kinds(roundTrip(rendered))).toEqual(kinds(rendered));
    }
  });
});

describe('any card', () => {
  test('is valid, within 28 KB, and pings only who was meant', () => {
    fc.assert(
      fc.property(anyCard, (shown) => {
        const rendered = render(shown);
        expect(complaints(rendered)).toEqual([]);
        expect(bytes(rendered)).toBeLessThanOrEqual(LIMITS.cardBytes);
        const { entities = [] } = rendered['msteams'] as { entities?: { text: string }[] };
        const pings =
          stringsUnder(rendered['body'], ['text', 'value'])
            .join(' ')
            .match(/(?<=(?:^|[^\\])(?:\\\\)*)<at>.*?<\/at>/g) ?? [];
        expect(new Set(pings)).toEqual(new Set(entities.map((entity) => entity.text)));
      }),
      { numRuns: 300 },
    );
  });

  test('rendered twice is the same', () => {
    fc.assert(
      fc.property(anyCard, (shown) => {
        expect(render(shown)).toEqual(render(shown));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what does not fit', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [`row ${i}`, 'x'.repeat(250), 'y'.repeat(250)]);
  const big = card(
    'Everything',
    [
      table([{ title: 'A' }, { title: 'B' }, { title: 'C' }], rows),
      paragraph('the end'),
      buttons(pressButton('Acknowledge', 'issue.ack', { issue: 'CLAIMS-1' })),
    ],
    { rest: 'scorecard claims' },
  );

  test('loses its end, keeps its buttons and says where the rest is', () => {
    const body = JSON.stringify(render(big));
    expect(body).toContain('row 0');
    expect(body).not.toContain('the end');
    expect(body).toContain('Acknowledge');
    expect(body).toContain('type **scorecard claims**');
  });

  test('leaves out the buttons of what it leaves out, but not those at the end', () => {
    const asked = Array.from({ length: 30 }, (_, i) => [
      paragraph(`Priority ${i}: ${'x'.repeat(2000)}`),
      buttons(pressButton(`Track ${i}`, 'priority.track', { i })),
    ]).flat();
    const ending = [buttons(pressButton('Stop these', 'nudges.off', {})), note('Every Monday.')];
    const body = JSON.stringify(render(card('Asked', [...asked, paragraph('All.'), ...ending])));
    const numbers = (word: string) => [...body.matchAll(new RegExp(`${word} (\\d+)`, 'g'))].map(([, n]) => n);
    expect(numbers('Priority').length).toBeGreaterThan(5);
    expect(numbers('Track')).toEqual(numbers('Priority'));
    expect(body).toContain('Stop these');
  });

  test('throws under check', () => {
    expect(() => renderCard(big, { ...options, check: true })).toThrow(LimitError);
    expect(() => renderCard(card('x'.repeat(500), []), { ...options, check: true })).toThrow('title: 500');
  });

  test('a hundred people are still pinged in a card of 28 KB', () => {
    const crowd = card('Owed by', [list(Array.from({ length: 60 }, (_, i) => person(`p_${i}`, 'x')))]);
    expect(bytes(render(crowd))).toBeLessThanOrEqual(LIMITS.cardBytes);
  });
});

describe('buttons', () => {
  const press = (n: number) => pressButton(`Do ${n}`, 'issue.ack', { n });
  const setsOf = (shown: Card) =>
    (render(shown)['body'] as { type: string; actions?: unknown[] }[]).filter(
      (item) => item.type === 'ActionSet',
    );

  test('more than six go into further rows', () => {
    const sets = setsOf(card('Many', [buttons(...[1, 2, 3, 4, 5, 6, 7, 8].map(press))]));
    expect(sets.map((set) => set.actions?.length)).toEqual([6, 2]);
  });

  test('a dangerous one shows its question first, in the same card', () => {
    const confirm = { title: 'Sure?', text: 'It stops.', yes: 'Stop it' };
    const shown = card('Stop', [
      buttons(pressButton('Stop', 'seat.halt', { seat: 'claims' }, { style: 'danger', confirm })),
    ]);
    expect(render(shown)['body']).toMatchObject([
      { type: 'TextBlock' },
      { actions: [{ type: 'Action.ToggleVisibility', targetElements: ['e0_ask_0'], style: 'destructive' }] },
      {
        id: 'e0_ask_0',
        isVisible: false,
        items: [
          { text: 'Sure?' },
          { text: 'It stops.' },
          {
            actions: [
              {
                type: 'Action.Execute',
                verb: 'press',
                title: 'Stop it',
                data: { name: 'seat.halt', payload: { seat: 'claims' } },
              },
              { type: 'Action.ToggleVisibility', title: 'Back' },
            ],
          },
        ],
      },
    ]);
  });
});
