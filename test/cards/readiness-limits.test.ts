import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Asked } from '../../commands/command.ts';
import { formNamed } from '../../commands/forms/index.ts';
import { personById } from '../../db/people.ts';
import { scoreHistory } from '../../db/scores.ts';
import { seatById } from '../../db/seats.ts';
import { check } from '../../sandbox/slack/check.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { proposalCard, rubricCard } from '../../src/cards/rubric.ts';
import { scoreCompareCard } from '../../src/cards/score-compare.ts';
import { scoreHistoryCard } from '../../src/cards/score-history.ts';
import { scoreCard } from '../../src/cards/score.ts';
import { RUBRIC_LIMITS, type Rubric } from '../../src/domain/rubric/rubric.ts';
import { fill } from '../../src/inbound/filled.ts';
import { renderCard as cardOnSlack } from '../../src/platforms/slack/card.ts';
import { renderForm as formOnSlack } from '../../src/platforms/slack/form.ts';
import { rawValues } from '../../src/platforms/slack/inputs.ts';
import { renderCard as cardOnTeams } from '../../src/platforms/teams/card.ts';
import { renderForm as formOnTeams } from '../../src/platforms/teams/form.ts';
import { readStamp, readValues } from '../../src/platforms/teams/submission.ts';
import { loadProposal, loadRubric } from '../../src/queries/rubric.ts';
import { loadScores } from '../../src/queries/score.ts';
import { SEAT_RUBRIC } from '../../src/rubrics/builtin.ts';
import type { Card, JsonObject } from '../../src/ui/card.ts';
import { type Form, type RawValues, fieldsOf, refill } from '../../src/ui/form.ts';
import { rubrics } from '../domain/rubric/arbitrary.ts';
import { fakeState } from '../slack/state.ts';
import { type TestApp, type Who, testApp } from '../support/app.ts';
import { sampleNames, samplePictureUrl } from '../support/sample-cards.ts';
import { addClaims } from '../support/ship.ts';

const CARD_BYTES = 28 * 1024;

/**
 * Both renderers throw when something would have to be cut, and Slack's own checks pass. What is not `whole` is cut
 * from the end, and says where the rest is.
 */
function fits(card: Card, whole: boolean): void {
  const slack = cardOnSlack(card, {
    names: sampleNames,
    surface: 'message',
    picture: (picture) => ({ url: samplePictureUrl('T1', picture) ?? '' }),
    strict: whole,
  });
  expect(check('message', slack)).toEqual([]);
  const teams = cardOnTeams(card, {
    names: sampleNames,
    pictureUrl: (picture) => samplePictureUrl('tenant', picture),
    check: whole,
  });
  expect(Buffer.byteLength(JSON.stringify(teams))).toBeLessThanOrEqual(CARD_BYTES);
  if (JSON.stringify(teams).includes('There is more than fits here')) expect(card.rest).toBeDefined();
}

/** Cards of a rubric up to this length, as JSON, are never cut; the one that comes with Coxswain has 7,000. */
const NEVER_CUT = 8000;

const objects = (json: unknown): JsonObject[] =>
  typeof json !== 'object' || json === null
    ? []
    : Array.isArray(json)
      ? json.flatMap(objects)
      : [json as JsonObject, ...Object.values(json).flatMap(objects)];

/** What Slack sends when the form is submitted as it stands. */
function fromSlack(form: Form): RawValues {
  const view = formOnSlack(form, { names: sampleNames, from: { channel: 'C0CLAIMS' }, strict: true });
  expect(check('modal', view)).toEqual([]);
  return rawValues(fakeState(view));
}

/** The same on Teams, from a dialog and from a card. */
function fromTeams(form: Form, shell: 'dialog' | 'inline'): RawValues {
  const marks = fieldsOf(form).filter(({ name }) => name.startsWith('mark'));
  const card = formOnTeams(form, {
    names: sampleNames,
    channels: [],
    people: new Map(),
    pictureUrl: () => undefined,
    shell,
    check: true,
    // The longest that is said beside a mark.
    errors: Object.fromEntries(marks.map(({ name }) => [name, 'Please choose a colour. '.repeat(7)])),
  });
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_BYTES);
  const all = objects(card);
  const typed = Object.fromEntries(
    all.flatMap(({ type, id, value = '' }) =>
      typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string' ? [[id, value]] : [],
    ),
  );
  const data = { ...(all.find((item) => item['data'] !== undefined)!['data'] as JsonObject), ...typed };
  return readValues(readStamp(data)!, data);
}

/** The form as somebody fills it in; what both platforms send back is what was entered. */
function entered(form: Form, values: RawValues): RawValues {
  const filled = refill(form, values);
  const sent = fromSlack(filled);
  expect(sent).toEqual(values);
  for (const shell of ['dialog', 'inline'] as const) expect(fromTeams(filled, shell)).toEqual(sent);
  return sent;
}

/** The rubric holds, nobody has scored by it, and the next version that would hold is proposed. */
async function adopt(app: TestApp, rubric: Rubric): Promise<void> {
  const { org } = app;
  await app.app.store.write(async (tx) => {
    const { rubrics: versions, scores, drafts } = tx.t;
    for (const table of [scores, drafts, versions])
      await tx.delete(table).where(eq(table.org, org)).returning({ org: table.org });
    const row = {
      org,
      key: SEAT_RUBRIC,
      rubric: { ...rubric, key: SEAT_RUBRIC },
      proposedAt: 0,
      reason: 'x',
    };
    await tx
      .insert(versions)
      .values([
        { ...row, version: 1, state: 'adopted', present: SEAT_RUBRIC },
        { ...row, version: 2, state: 'proposed', proposedBy: app.people.ana },
      ])
      .returning({ org: versions.org });
  });
}

async function askedBy(app: TestApp, who: Who, key: string): Promise<Asked> {
  const me = (await personById(app.app.store.read, app.org, app.people[who]))!;
  const place = { kind: 'channel', ref: 'C0CLAIMS' } as const;
  return {
    ...app.ctxOf(who, key),
    from: { platform: 'slack', tenant: app.tenant, user: { ref: who }, place, requestKey: key },
    me,
    zone: 'Europe/Berlin',
    restricted: false,
    shownHere: () => Promise.resolve(app.app.store.read),
    channel: () => Promise.resolve(undefined),
    personOf: () => Promise.resolve(undefined),
    vitals: () => {
      throw new Error('a form asks for nothing of the machine');
    },
  };
}

const text = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: 40 }) },
    fc.constantFrom(
      '受'.repeat(500),
      '*'.repeat(500),
      '<!channel> & <@U1>',
      '{{DATE(0)}}',
      '"\\'.repeat(250),
    ),
  )
  .map((words) => words.toWellFormed().replaceAll(/\p{C}/gu, '').trim());
const plan = fc.record({
  rubric: rubrics,
  marks: fc.array(fc.constantFrom('green', 'yellow', 'red', 'none'), { minLength: 1 }),
  notes: fc.array(text, { minLength: 1 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

/** As long as the schema allows, in letters that cost the most: bytes, Markdown, Slack's escapes, JSON's. */
const heavy = (letters: string, dimensionCount = 1): Plan => {
  const long = (most: number) => letters.repeat(most).slice(0, most).toWellFormed();
  const key = (at: number) => `${'k'.repeat(RUBRIC_LIMITS.key - 2)}${String(at).padStart(2, '0')}`;
  const [name, words] = [long(RUBRIC_LIMITS.name), long(RUBRIC_LIMITS.text)];
  const looks = { red: words, yellow: words, green: words, evidence: words, from: 'low' } as const;
  const criteria = Array.from({ length: RUBRIC_LIMITS.criteria }, (_, at) => ({
    key: key(at),
    name,
    ...looks,
  }));
  const dimensions = Array.from({ length: dimensionCount }, (_, at) => ({
    key: key(at),
    name,
    criteria,
  }));
  return {
    rubric: { key: 'heavy', name, scores: 'seat', dimensions },
    marks: ['red', 'none', 'green'],
    notes: [long(500)],
  };
};
const HEAVY: [Plan][] = [
  [heavy('W', RUBRIC_LIMITS.dimensions)],
  ...['受', '*', '&', '<', '"', '👩‍🚀', 'a.b//'].map((letters): [Plan] => [heavy(letters)]),
];

let requests = 0;
const give = formNamed('score.give');
const full = formNamed('score.full');

const linkWith = (words: string): string =>
  `https://wiki.example/${words.replaceAll(/\s/g, '')}`.slice(0, 500).toWellFormed();

/** A value for every field of a form: marks and notes in turn, links now and then. */
function answersFor(form: Form, { marks, notes }: Plan, from: number): RawValues {
  return Object.fromEntries(
    fieldsOf(form).map((field, i) => {
      const note = notes[(from + i) % notes.length]!;
      if (field.kind === 'select')
        return [
          field.name,
          field.name.startsWith('mark') ? marks[(from + i) % marks.length]! : field.initial!,
        ];
      if (field.name.startsWith('evidence')) return [field.name, i % 7 === 1 ? null : linkWith(note)];
      return [field.name, note === '' ? 'Said.' : note];
    }),
  );
}

test('any rubric: forms fit, what comes back is what was entered, and the score is that', async () => {
  const app = await testApp('sqlite');
  const id = await addClaims(app, { risk: 'high' });
  const { read } = app.app.store;
  const seat = (await seatById(read, app.org, id))!;
  await fc.assert(
    fc.asyncProperty(plan, async (p) => {
      await adopt(app, p.rubric);
      const whole = JSON.stringify(p.rubric).length <= NEVER_CUT;
      const asked = () => askedBy(app, 'dana', `r${(requests += 1)}`);

      const quick = await give.open(await asked(), { seat: 'claims' });
      const colours = { ...p, marks: p.marks.map((mark) => (mark === 'none' ? 'red' : mark)) };
      const scored = await give.submit(
        await asked(),
        { seat: 'claims' },
        fill(entered(quick, answersFor(quick, colours, 0))),
      );
      if (scored.kind === 'card') fits(scored.card, whole);

      const wanted: Record<string, unknown> = {};
      let form = await full.open(await asked(), { seat: 'claims' });
      for (let at = 0; ; at += 7) {
        const values = answersFor(form, p, at);
        // At least one criterion has to apply.
        const first = fieldsOf(form).find((field) => field.name.startsWith('mark'))!;
        const given = entered(form, { ...values, [first.name]: 'yellow' });
        const args = full.args.parse(form.args);
        for (const [i, path] of args['asked']!.split(' ').entries())
          wanted[path] = ['mark', 'note', 'evidence'].map((part) => given[`${part}_${i}_${args['step']}`]);
        const reply = await full.submit(await asked(), args, fill(given));
        if (reply.kind !== 'open') break;
        form = await full.open(await asked(), reply.args);
      }
      const [newest] = await scoreHistory(read, app.org, id, 1);
      const stored = Object.entries(newest!.score.answers ?? {}).map(([path, { mark, note, evidence }]) => [
        path,
        [mark, note ?? null, evidence ?? null],
      ]);
      expect(Object.fromEntries(stored)).toEqual(wanted);

      // Filled in again with the score before, and a second opinion beside it.
      const again = await full.open(await askedBy(app, 'ana', `r${(requests += 1)}`), { seat: 'claims' });
      fromSlack(again);
      fromTeams(again, 'inline');
      const marks = Object.fromEntries(p.rubric.dimensions.map((d) => [d.key, 'green']));
      await app.act('ana', giveScore, { seat: 'claims', marks });
      const view = await loadScores(read, app.org, seat);
      const now = app.clock.now();
      const proposal = (await loadRubric(read, app.org)).versions.find((row) => row.version === 2)!;
      for (const card of [
        scoreCard(view, now),
        scoreCompareCard(view),
        scoreHistoryCard(view, now),
        rubricCard(await loadRubric(read, app.org)),
        proposalCard(await loadProposal(read, app.org, proposal)),
      ])
        fits(card, whole);
    }),
    { numRuns: 25, examples: HEAVY },
  );
}, 120_000);
