import fc from 'fast-check';
import { type Button, type Card, type Element, table } from '../../src/ui/card.ts';
import type { Field, Form, Hint } from '../../src/ui/form.ts';
import { STATUSES, type Inline } from '../../src/ui/text.ts';

const NASTY = [
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<@U1>',
  '<@W0ANA>',
  '<#C1>',
  '<!subteam^S1>',
  '<!date^0^{date}|x>',
  '<https://evil.example|click>',
  '&lt;!channel&gt;',
  '&amp;lt;',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  '```\nfence\n```',
  '> quote',
  '\n> quote',
  '• point',
  ':tada:',
  '@here',
  '@channel',
  '\u202Eabc',
  '\u0000\u0007',
  '\uD800',
  '\uDC00x',
  'مرحبا',
  '👩‍👩‍👧‍👦',
  'Z̷̡̛a̸l̶g̷o̵',
  '\u200B',
  '|',
  '^',
  '{}',
  '\r\n',
  '\u2028',
  '"',
  "'",
  '',
  ' ',
  '\t',
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
);
const short = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const huge = fc
  .tuple(piece, fc.integer({ min: 1, max: 100_000 }))
  .map(([s, n]) => s.repeat(Math.ceil(n / Math.max(1, s.length))).slice(0, n));

/** What a person may have typed, pasted or imported. */
export const typed = fc.oneof({ weight: 30, arbitrary: short }, { weight: 1, arbitrary: huge });
const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
const url = fc.oneof(
  typed,
  typed.map((s) => `https://x.example/?${s}`),
  fc.constant('javascript:alert(1)'),
);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  typed,
  fc
    .constantFrom('bold' as const, 'italic' as const, 'code' as const)
    .chain((kind) => typed.map((text) => ({ kind, text }))),
  fc.record({ kind: fc.constant('link' as const), text: typed, url }),
  fc.record({
    kind: fc.constant('person' as const),
    id: fc.constantFrom('p_ana', 'p_bo', '<!channel>'),
    name: typed,
  }),
  fc.record({
    kind: fc.constant('channel' as const),
    ref: fc.oneof(fc.constant('C0CLAIMS'), typed),
    name: typed,
  }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(...STATUSES) }),
  fc.record({
    kind: fc.constant('time' as const),
    at: instant,
    zone: fc.constant('Europe/Berlin'),
    show: fc.constantFrom('date' as const, 'datetime' as const),
  }),
  fc.constant({ kind: 'br' as const }),
);
const text = fc.oneof(inline, fc.array(inline, { maxLength: 8 }));

const button: fc.Arbitrary<Button> = fc.record(
  {
    kind: fc.constant('button' as const),
    label: typed,
    on: fc.oneof(
      fc.record({
        kind: fc.constant('press' as const),
        name: fc.constantFrom('a.b', 'c.d'),
        payload: fc.record({ x: typed }),
      }),
      fc.record({
        kind: fc.constant('form' as const),
        name: fc.constantFrom('a.b', 'c.d'),
        args: fc.record({ x: typed }),
      }),
      fc.record({ kind: fc.constant('command' as const), line: typed }),
      fc.record({ kind: fc.constant('url' as const), url }),
    ),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    confirm: fc.record({ title: typed, text: typed, yes: typed }),
  },
  { requiredKeys: ['kind', 'label', 'on'] },
);

const element: fc.Arbitrary<Element> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: typed }),
  fc.record({ kind: fc.constant('paragraph' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: typed, value: text }), { maxLength: 25 }),
  }),
  fc
    .integer({ min: 0, max: 23 })
    .chain((n) =>
      fc.tuple(
        fc.array(fc.record({ title: typed }), { minLength: n, maxLength: n }),
        fc.array(fc.array(text, { maxLength: 24 }), { maxLength: 120, size: 'small' }),
      ),
    )
    .map(([columns, rows]) => table(columns, rows)),
  fc.record({
    kind: fc.constant('picture' as const),
    name: fc.constantFrom('scorecard', 'none', 'file'),
    args: fc.constant({}),
    alt: typed,
    title: typed,
  }),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.record({ kind: fc.constant('quote' as const), text: typed }),
  fc.constant({ kind: 'divider' as const }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 30 }) }),
);

export const hostileCard: fc.Arbitrary<Card> = fc.record(
  { title: typed, body: fc.array(element, { maxLength: 70, size: 'medium' }), fallback: typed, rest: typed },
  { requiredKeys: ['title', 'body', 'fallback'] },
);

const option = (i: number) => fc.record({ value: fc.constant(`v${i}`), label: typed });
const options = fc
  .integer({ min: 0, max: 250 })
  .chain((n) =>
    fc
      .tuple(...Array.from({ length: Math.min(n, 12) }, (_, i) => option(i)))
      .map((some) => [
        ...some,
        ...Array.from({ length: Math.max(0, n - 12) }, (_, i) => ({ value: `w${i}`, label: `Option ${i}` })),
      ]),
  );
const base = {
  name: fc.string({ unit: fc.constantFrom(...'abcdefgh_019'.split('')), minLength: 1, maxLength: 60 }),
  label: typed,
};
const extra = { hint: typed, optional: fc.boolean() };
const field = (kind: Field['kind'], more: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    { kind: fc.constant(kind), ...base, ...extra, ...more },
    {
      requiredKeys: [
        'kind',
        'name',
        'label',
        ...('options' in more ? ['options'] : []),
        ...('types' in more ? ['types'] : []),
      ] as never,
    },
  ) as unknown as fc.Arbitrary<Field>;

const anyField: fc.Arbitrary<Field> = fc.oneof(
  field('text', { initial: typed, placeholder: typed, max: fc.integer({ min: 1, max: 9000 }) }),
  field('long_text', { initial: typed, placeholder: typed, max: fc.integer({ min: 1, max: 9000 }) }),
  field('number', { initial: typed, placeholder: typed }),
  field('date', { initial: fc.oneof(typed, fc.constant('2026-02-28')) }),
  field('time', { initial: fc.oneof(typed, fc.constant('09:30')) }),
  field('select', { options, initial: fc.constantFrom('v0', 'w3', 'gone') }),
  field('multi_select', { options, initial: fc.uniqueArray(fc.constantFrom('v0', 'v1', 'w3', 'gone')) }),
  field('yes_no', { initial: fc.boolean(), question: typed }),
  field('person', { initial: fc.oneof(typed, fc.constantFrom('p_ana', '<@U0BO>')) }),
  field('people', { initial: fc.array(fc.constantFrom('p_ana', 'p_bo', '<@U0BO>')) }),
  field('file', { types: fc.constantFrom(['csv'], ['csv', 'txt']), initial: typed }),
  field('channel', { initial: fc.oneof(typed, fc.constantFrom('C0CLAIMS', '<#C0CLAIMS>')) }),
);
const hint = element.filter((e) => e.kind !== 'buttons').map((body): Hint => ({ kind: 'hint', body: body }));

export const hostileForm: fc.Arbitrary<Form> = fc.record({
  name: fc.constant('any.form'),
  args: fc.record({ x: fc.string({ maxLength: 200 }) }),
  title: typed,
  submit: typed,
  items: fc.uniqueArray(fc.oneof({ weight: 5, arbitrary: anyField }, hint), {
    maxLength: 40,
    selector: (item) => (item.kind === 'hint' ? Symbol('hint') : item.name),
  }),
});
