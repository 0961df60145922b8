import fc from 'fast-check';
import type { Button, Card, Element, JsonObject } from '../../src/ui/card.ts';
import type { Field, Form, Hint } from '../../src/ui/form.ts';
import { type Inline, STATUSES, type Text } from '../../src/ui/text.ts';
import { hostileOrHuge, hostileText } from './hostile.ts';

const json: fc.Arbitrary<JsonObject> = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), hostileText, {
  maxKeys: 3,
});
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu');

const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostileText,
  fc.record({
    kind: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const),
    text: hostileText,
  }),
  fc.record({
    kind: fc.constant('link' as const),
    text: hostileText,
    url: fc.oneof(fc.webUrl(), hostileText),
  }),
  fc.record({
    kind: fc.constant('person' as const),
    id: fc.constantFrom('p_ana', 'p_bo', 'p_kim'),
    name: hostileText,
  }),
  fc.record({ kind: fc.constant('channel' as const), ref: hostileText, name: hostileText }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(...STATUSES) }),
  fc.record({
    kind: fc.constant('time' as const),
    at: instant,
    zone,
    show: fc.constantFrom('date' as const, 'datetime' as const),
  }),
  fc.constant<Inline>({ kind: 'br' }),
);
/** Spans as code makes them, filled with what people typed. */
export const anySpans: fc.Arbitrary<readonly Inline[]> = fc.array(inline, { maxLength: 6 });
const text: fc.Arbitrary<Text> = fc.oneof(hostileOrHuge, fc.array(inline, { maxLength: 5 }));

const button: fc.Arbitrary<Button> = fc
  .record({
    label: hostileText,
    on: fc.oneof(
      fc.record({ kind: fc.constant('press' as const), name: fc.constant('issue.ack'), payload: json }),
      fc.record({ kind: fc.constant('form' as const), name: fc.constant('seat.add'), args: json }),
      fc.record({ kind: fc.constant('command' as const), line: hostileText }),
      fc.record({ kind: fc.constant('url' as const), url: fc.oneof(fc.webUrl(), hostileText) }),
    ),
    style: fc.constantFrom(undefined, 'primary' as const, 'danger' as const),
    confirm: fc.option(fc.record({ title: hostileText, text: hostileOrHuge, yes: hostileText }), {
      nil: undefined,
    }),
  })
  .map(({ label, on, style, confirm }) => ({
    kind: 'button' as const,
    label,
    on,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm }),
  }));

const inert: fc.Arbitrary<Exclude<Element, { kind: 'buttons' }>> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: hostileOrHuge }),
  fc.record({ kind: fc.constant('paragraph' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 70 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: hostileOrHuge, value: text }), { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(fc.record({ title: hostileText }), { maxLength: 8 }),
    rows: fc.array(fc.array(text, { maxLength: 8 }), { maxLength: 70 }),
  }),
  fc.record({
    kind: fc.constant('picture' as const),
    name: fc.constant('scorecard'),
    args: json,
    alt: hostileOrHuge,
  }),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.record({ kind: fc.constant('quote' as const), text: hostileOrHuge }),
  fc.constant({ kind: 'divider' as const }),
);

const element: fc.Arbitrary<Element> = fc.oneof(
  { weight: 8, arbitrary: inert },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('buttons' as const),
      buttons: fc.array(button, { maxLength: 9 }),
    }),
  },
);

export const anyCard: fc.Arbitrary<Card> = fc
  .record({
    title: hostileOrHuge,
    body: fc.array(element, { maxLength: 12 }),
    fallback: hostileOrHuge,
    rest: fc.option(hostileText, { nil: undefined }),
  })
  .map(({ rest, ...card }) => ({ ...card, ...(rest === undefined ? {} : { rest }) }));

const options = fc.array(fc.record({ value: hostileText, label: hostileText }), { maxLength: 230 });
const field = (name: string): fc.Arbitrary<Field> => {
  const base = { name: fc.constant(name), label: hostileOrHuge, hint: hostileText, optional: fc.boolean() };
  const kind = <K extends string>(k: K) => fc.constant(k);
  return fc.oneof(
    fc.record({
      ...base,
      kind: fc.constantFrom('text' as const, 'long_text' as const, 'number' as const),
      initial: hostileOrHuge,
      placeholder: hostileOrHuge,
    }),
    fc.record({ ...base, kind: fc.constantFrom('date' as const, 'time' as const), initial: hostileText }),
    fc.record({ ...base, kind: kind('select'), options, initial: hostileText }),
    fc.record({
      ...base,
      kind: kind('multi_select'),
      options,
      initial: fc.array(hostileText, { maxLength: 3 }),
    }),
    fc.record({ ...base, kind: kind('file'), types: fc.constant(['csv', 'txt']), initial: hostileOrHuge }),
    fc.record({ ...base, kind: kind('yes_no'), initial: fc.boolean(), question: hostileOrHuge }),
    fc.record({ ...base, kind: kind('person'), initial: fc.constantFrom('p_ana', '<@aad-7>', 'nobody') }),
    fc.record({ ...base, kind: kind('people'), initial: fc.constant(['p_ana', '<@aad-7>']) }),
    fc.record({
      ...base,
      kind: kind('channel'),
      initial: fc.constantFrom('19:x@thread.tacv2', '<#19:y@thread.tacv2>'),
    }),
  );
};
const hint: fc.Arbitrary<Hint> = inert.map((body) => ({ kind: 'hint' as const, body }));

export const anyForm: fc.Arbitrary<Form> = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    name: fc.constant('seat.add'),
    args: json,
    title: hostileOrHuge,
    submit: hostileText,
    items: fc.tuple(
      ...Array.from({ length: n }, (_, i) =>
        fc.oneof({ weight: 4, arbitrary: field(`f_${i}`) }, { weight: 1, arbitrary: hint }),
      ),
    ),
  }),
);
