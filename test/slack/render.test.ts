import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import { type RenderOptions, renderCard } from '../../src/platforms/slack/card.ts';
import { renderForm } from '../../src/platforms/slack/form.ts';
import { blockId, rawValues } from '../../src/platforms/slack/inputs.ts';
import { pressed } from '../../src/platforms/slack/press.ts';
import { mrkdwn } from '../../src/platforms/slack/text.ts';
import {
  card,
  commandButton,
  buttons,
  formButton,
  note,
  paragraph,
  pressButton,
  quote,
  table,
} from '../../src/ui/card.ts';
import { type Field, type RawValue, fieldsOf, refill } from '../../src/ui/form.ts';
import { bold } from '../../src/ui/text.ts';
import { sampleCards, sampleForms, sampleNames, samplePictureUrl } from '../support/sample-cards.ts';
import { hostileCard, hostileForm, typed } from './hostile.ts';
import { fakeState } from './state.ts';

const options = (surface: RenderOptions['surface']): RenderOptions => ({
  names: sampleNames,
  surface,
  picture: (p) =>
    p.name === 'none'
      ? undefined
      : p.name === 'file'
        ? { file: 'F0PICTURE' }
        : { url: samplePictureUrl('T1', p) ?? '' },
});
const message = (c: Parameters<typeof renderCard>[0]) => renderCard(c, options('message'));

/** Every mention that Slack would act on: in mrkdwn, in the notification text, and as elements of rich text. */
function pings(payload: unknown): string[] {
  if (Array.isArray(payload)) return payload.flatMap(pings);
  if (typeof payload !== 'object' || payload === null) return [];
  const { type, text, ...rest } = payload as Record<string, unknown>;
  const active = typeof text === 'string' && (type === 'mrkdwn' || type === undefined) ? text : '';
  const mentions = (active.match(/<[^>]*>|@(?:here|channel|everyone)\b/g) ?? []).filter(
    (m) => !/^<(?:!date\^|https?:|#)/.test(m),
  );
  const elements = ['user', 'usergroup', 'broadcast'].includes(String(type)) ? [JSON.stringify(payload)] : [];
  return [...mentions, ...elements, ...pings(typeof text === 'object' ? [text, rest] : Object.values(rest))];
}
const EXPECTED = new Set(['<@U0ANA>', '{"type":"user","user_id":"U0ANA"}']);
const unexpected = (payload: unknown) => pings(payload).filter((ping) => !EXPECTED.has(ping));

it('the test sees what would ping', () => {
  const bad = [
    { type: 'section', text: { type: 'mrkdwn', text: 'a <!channel>' } },
    { type: 'context', elements: [{ type: 'mrkdwn', text: '@here' }] },
    { type: 'table', rows: [[{ type: 'rich_text', elements: [{ type: 'user', user_id: 'U1' }] }]] },
  ];
  expect(unexpected({ text: '<@U1>', blocks: bad })).toHaveLength(4);
});

describe('golden files', () => {
  for (const [name, sample] of Object.entries(sampleCards)) {
    it(`card ${name}`, async () => {
      const rendered = renderCard(sample, { ...options('message'), strict: true });
      expect(check('message', rendered)).toEqual([]);
      await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(
        `../golden/slack/card.${name}.json`,
      );
    });
  }
  for (const [name, sample] of Object.entries(sampleForms)) {
    it(`form ${name}`, async () => {
      const rendered = renderForm(sample, {
        names: sampleNames,
        from: { channel: 'C0CLAIMS' },
        strict: true,
      });
      expect(check('modal', rendered)).toEqual([]);
      await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(
        `../golden/slack/form.${name}.json`,
      );
    });
  }
});

// Not shrunk: a card of a megabyte has more smaller cards than there is time.
const HOSTILE = { numRuns: 60, endOnFailure: true };

describe('whatever people typed', () => {
  it('a card stays within Slack’s limits and pings nobody, on every surface', () => {
    fc.assert(
      fc.property(hostileCard, (c) => {
        const shown = message(c);
        expect(check('message', shown)).toEqual([]);
        expect(unexpected(shown)).toEqual([]);
        const { blocks } = renderCard(c, options('home'));
        expect(check('home', { type: 'home', blocks })).toEqual([]);
        expect(unexpected(blocks)).toEqual([]);
      }),
      HOSTILE,
    );
  }, 60_000);

  it('a form stays within them too', () => {
    fc.assert(
      fc.property(hostileForm, (form) => {
        const view = renderForm(form, { names: sampleNames, from: {} });
        expect(check('modal', view)).toEqual([]);
        expect(unexpected(view.blocks)).toEqual([]);
      }),
      HOSTILE,
    );
  }, 60_000);

  it('plain text formats nothing', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const shown = mrkdwn(text, sampleNames, 3000).text;
        expect(shown).not.toMatch(/[<>`]|&(?!amp;|lt;|gt;)/);
        // A sign that could open or close formatting stands at the edge of a word; only those inside one are kept.
        expect(shown).not.toMatch(/(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/u);
        expect(shown).not.toMatch(/^(&gt;|•)/m);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  it('where a text is cut, no sign is left at the edge of a word', () => {
    for (const max of [8, 9]) expect(mrkdwn('A~A~A~A~A~A', sampleNames, max).text).toBe('A~A~A~A…');
  });

  it('where a text is cut, no call to everyone is left of a longer word', () => {
    for (let max = 2; max < 24; max++)
      expect(unexpected({ text: mrkdwn('so @hereby @channels', sampleNames, max).text })).toEqual([]);
  });

  it('what was typed can still be read', () => {
    const shown = mrkdwn('5 < 6 & snake_case, 3*4, "85 %"', sampleNames, 3000).text;
    expect(shown).toBe('5 &lt; 6 &amp; snake_case, 3*4, "85 %"');
  });
});

describe('what does not fit', () => {
  it('points to the command that shows the rest, and keeps the buttons', () => {
    const rows = Array.from({ length: 200 }, (_, i) => paragraph(`Line ${i}`));
    const { blocks } = message(
      card('Long', [...rows, buttons(commandButton('Next', 'seat list 2'))], { rest: 'seat list 2' }),
    );
    expect(blocks).toHaveLength(50);
    expect(blocks.at(-2)).toMatchObject({ elements: [{ text: '… more: `/pilot seat list 2`' }] });
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' });
  });

  it('a long paragraph ends with an ellipsis between characters', () => {
    const { text, cut } = mrkdwn(['👩‍🚀'.repeat(50), bold('end')], sampleNames, 101);
    expect(cut).toBe(true);
    expect(text.length).toBeLessThanOrEqual(101);
    expect(text.endsWith('…')).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  });

  it('a table of 150 rows shows the first 99 and says that there is more', () => {
    const t = table(
      [{ title: 'Seat' }, { title: 'Readiness' }],
      Array.from({ length: 150 }, (_, i) => [`Seat ${i}`, '1 %']),
    );
    const { blocks } = message(card('Seats', [t, note('end')], { rest: 'seat list' }));
    expect(blocks[1]).toMatchObject({ type: 'table' });
    expect(JSON.stringify(blocks)).toContain('Seat 98');
    expect(JSON.stringify(blocks)).not.toContain('Seat 99');
    expect(JSON.stringify(blocks.at(-1))).toContain('/pilot seat list');
  });

  it('the marks of a quote of many short lines count as text of the message', () => {
    const long = Array.from({ length: 4 }, () => paragraph('x'.repeat(2600)));
    const shown = message(card('Long', [...long, quote('a\n'.repeat(750))], { rest: 'issue show CLAIMS-1' }));
    expect(check('message', shown)).toEqual([]);
    expect(JSON.stringify(shown.blocks.at(-2))).toContain(String.raw`>a\n>a`);
    expect(JSON.stringify(shown.blocks.at(-1))).toContain('/pilot issue show CLAIMS-1');
  });

  it('a button that Slack cannot carry is refused under test and left out in production', () => {
    const big = card('Big', [buttons(pressButton('Go', 'a.b', { text: 'x'.repeat(3000) }))]);
    expect(() => renderCard(big, { ...options('message'), strict: true })).toThrow(RangeError);
    expect(JSON.stringify(message(big).blocks)).not.toContain('"Go"');
  });

  it('form args that do not fit are never sent half', () => {
    const form = { ...sampleForms['score']!, args: { x: 'y'.repeat(4000) } };
    expect(() => renderForm(form, { names: sampleNames, from: {} })).toThrow(RangeError);
  });
});

describe('buttons', () => {
  it('come back as what they were made from', () => {
    const made = [
      pressButton('A', 'issue.acknowledge', { issue: 'CLAIMS-1' }),
      pressButton('B', 'issue.acknowledge', { issue: 'CLAIMS-2' }),
      formButton('C', 'seat.score', { seat: 'claims' }),
      commandButton('D', 'seat show claims'),
    ];
    const { blocks } = message(card('Buttons', [buttons(...made)]));
    const elements = (blocks.at(-1) as { elements: { action_id: string; value: string }[] }).elements;
    expect(new Set(elements.map((e) => e.action_id)).size).toBe(4);
    expect(elements.map((e) => pressed(e.action_id, e.value))).toEqual(made.map((button) => button.on));
  });

  it('with a value that is not ours ask for nothing', () => {
    for (const value of [undefined, '', '{', 'null', '[1]', '"x"', '{"line":3}']) {
      expect(pressed('command', value)).toBeUndefined();
    }
    expect(pressed('other:x', '{}')).toBeUndefined();
  });
});

describe('forms', () => {
  const initialOf = (field: Field): RawValue => {
    switch (field.kind) {
      case 'yes_no':
        return field.initial ?? null;
      case 'people':
        return (field.initial ?? []).filter((id) => id === 'p_ana').map(() => '<@U0ANA>');
      case 'multi_select':
        return field.initial ?? [];
      case 'search':
        return field.initial?.value ?? null;
      case 'multi_search':
        return (field.initial ?? []).map(({ value }) => value);
      case 'person':
        return field.initial === undefined ? null : '<@U0ANA>';
      case 'channel':
        return field.initial === undefined ? null : `<#${field.initial}>`;
      default:
        return field.initial ?? null;
    }
  };

  for (const [name, form] of Object.entries(sampleForms)) {
    it(`${name}: submitted untouched, it says what it was filled in with`, () => {
      const raw = rawValues(fakeState(renderForm(form, { names: sampleNames, from: {} })));
      expect(raw).toEqual(Object.fromEntries(fieldsOf(form).map((field) => [field.name, initialOf(field)])));
    });

    it(`${name}: refilled with what was submitted, it submits the same again`, () => {
      const raw = rawValues(fakeState(renderForm(form, { names: sampleNames, from: {} })));
      const again = renderForm(refill(form, raw), { names: sampleNames, from: {} });
      const second = rawValues(fakeState(again));
      expect(second).toEqual(raw);
    });
  }

  it('hostile values come back exactly as typed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const state = { [blockId('note')]: { long_text: { type: 'plain_text_input', value: text } } };
        expect(rawValues(state)).toEqual({ note: text === '' ? null : text });
      }),
    );
  });
});
