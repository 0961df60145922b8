import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Person, personById } from '../../db/people.ts';
import { SEAT_BOUND, sighted } from '../../db/sight.ts';
import type { Db } from '../../db/store.ts';
import { sightOfPerson } from '../../db/visibility.ts';
import { actionNamed } from '../../src/actions/index.ts';
import { grantRole, refreshPerson } from '../../src/actions/org/index.ts';
import { setSeatVisibility } from '../../src/actions/seat/index.ts';
import { createToken } from '../../src/actions/token/index.ts';
import type { Ctx } from '../../src/context.ts';
import { CoxswainError } from '../../src/errors.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { type Busy, busyOrg } from '../support/two-orgs.ts';
import { READS } from './tenancy-queries.ts';

/** Queries that answer with rows which are about a seat by an id only, and who reads them. */
const NOT_FOR_PEOPLE: Readonly<Record<string, string>> = {
  readEntries: 'the whole chain, to check it; of its entries people get to see only whether they are whole',
  messageById: 'what the sender works on',
  messageByKey: 'what the sender works on',
  messagesByRef: 'which issue a thread belongs to; the issue itself is read through the sight',
  troubledMessages: 'of a message the doctor shows view and reason',
  loadTroubled: 'the same; of a channel or person their name, to governors and admins',
  loadPersonData: 'what is stored of the person who asks, or of whom an admin asks, who sees everything',
  textsBy: 'what erasing takes away',
  lastPost: 'what the sender works on',
  sightOfPerson: 'the sight itself',
  sightOfChannel: 'the sight itself',
  hiddenFrom: 'the sight itself',
  freePlaces: 'made from the id that it is asked with',
  rulesThatHold: 'of the issue that taught it only an id, which no card shows',
  ruleByRef: 'the same',
  loadRules: 'the same',
  draftOf: 'what the very same person typed',
  resultFor: 'what the very same person was answered before',
};

/** What tells of the seat `claims`: the ids of all rows about it, and what people wrote about it. */
async function secretsOf({ app, org, seat }: Busy): Promise<string[]> {
  const { read } = app.app.store;
  const secrets = new Set<string>(['CLAIMS-', '"key":"claims"', '“claims”']);
  for (const name of Object.keys(SEAT_BOUND) as (keyof typeof SEAT_BOUND)[]) {
    const rows: Record<string, unknown>[] = await read.select().from(read.t[name]);
    for (const row of rows) {
      if (row['org'] !== org || row['name'] === 'Merger papers' || (row['seat'] ?? seat) !== seat) continue;
      if (name === 'tokens' && row['seat'] === null) continue;
      for (const [column, value] of Object.entries(row))
        if (TELLING.has(column) && typeof value === 'string' && value.length > 5) secrets.add(value);
    }
  }
  return [...secrets];
}

const TELLING = new Set([
  'id',
  'name',
  'title',
  'detail',
  'note',
  'sentence',
  'text',
  'accountability',
  'why',
]);

const text = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (v instanceof Map || v instanceof Set ? [...v] : v)) ?? 'nothing';

/** What a call answered or how it was refused, with everything that came with it. */
async function answerOf(call: () => unknown): Promise<string> {
  try {
    return text(await call());
  } catch (error) {
    // Of a query that was given a row which is not there. An action says every no as a CoxswainError.
    if (error instanceof TypeError) return 'nothing';
    if (!(error instanceof CoxswainError)) throw error;
    return text([error.code, error.message, error.hint, error.fields]);
  }
}

/** What the API lets machines do: no other action can be reached with a token. */
const FOR_MACHINES: ReadonlySet<string> = new Set(['reading.log', 'issue.open', 'alert.take']);

type Call = readonly [by: unknown, input: object];
type Calls = Readonly<Record<string, (b: Busy, fresh: string) => Call>>;

interface Readers {
  readonly b: Busy;
  /** Those who may not see `claims`, by what they are. */
  readonly strangers: Readonly<Record<string, Ctx>>;
}

/** Nobody but governors, owners and who is asked sees `claims`, and these are none of them. */
async function strangersTo(engine: Engine): Promise<Readers> {
  const b = await busyOrg(engine);
  const { app } = b;
  // The name that it has stands in examples, too.
  const words = { name: 'Hailstone desk', accountability: 'Weighs every hailstone' };
  await app.app.store.write(async (tx) => {
    const { seats } = tx.t;
    await tx.update(seats).set(words).where(eq(seats.id, b.seat)).returning({ id: seats.id });
  });
  const [member, reviewer, guest, gone] = [
    await app.meet('Fay'),
    await app.meet('Gus'),
    await app.meet('Hal', { guest: true }),
    await app.meet('Ida'),
  ];
  await app.act('ana', grantRole, { person: reviewer, role: 'reviewer' });
  await app.act('coxswain', refreshPerson, { person: gone, guest: false, active: false });
  const scopes = 'readings,read,issues,alerts';
  const { id: token } = await app.act('ana', createToken, { name: 'other', seat: 'merger', scopes });
  await app.act('ana', setSeatVisibility, { seat: 'claims', visibility: 'governors', because: 'Secret.' });
  const as = (person: string) => app.ctxAs({ kind: 'person', person });
  return {
    b,
    strangers: {
      member: as(member),
      reviewer: as(reviewer),
      guest: as(guest),
      'somebody who has left': as(gone),
      'a token of another seat': app.ctxAs({ kind: 'token', token }),
    },
  };
}

/** The same input about a seat that does not exist. */
const elsewhere = (b: Busy, input: string): string =>
  [b.seat, b.metric, b.issue, b.escalation, b.offer, b.request]
    .reduce((all, id) => all.replaceAll(id, `${id.slice(0, -4)}0000`), input)
    .replaceAll('CLAIMS', 'CLAMPS')
    .replaceAll('claims', 'clamps');

/** A hidden seat is as absent as one that does not exist: in every query, and for everybody who does anything. */
export function describeSight(calls: Calls): void {
  describe.each(ENGINES)('who may not see a seat, on %s', (engine) => {
    test('learns nothing of it from any query', { timeout: 120_000 }, async () => {
      const { b, strangers } = await strangersTo(engine);
      const { read } = b.app.app.store;
      const secrets = await secretsOf(b);
      const tells = (answer: string) => secrets.filter((secret) => answer.includes(secret));
      const { actor } = strangers['member']!;
      const me = (await personById(read, b.org, actor.kind === 'person' ? actor.person : ''))!;
      const seen = await sightOfPerson(read, b.org, me, true);
      expect(seen.sight.hidden).toContain(b.seat);
      const guest: Person = { ...me, guest: true };
      const nothing = await sightOfPerson(read, b.org, guest, false);
      let told = 0;
      const leaks: unknown[] = [];
      for (const [name, query] of Object.entries(READS)) {
        if (tells(await answerOf(() => query(b, read, b.org))).length > 0) told += 1;
        if (name in NOT_FOR_PEOPLE) continue;
        for (const db of [seen, nothing, sighted(read, b.org, [b.seat])]) {
          const leaked = tells(await answerOf(() => query(b, db, b.org)));
          if (leaked.length > 0) leaks.push([name, leaked]);
        }
      }
      expect(leaks).toEqual([]);
      // Without a sight most of them tell of it: what finds nothing proves nothing.
      expect(told).toBeGreaterThan(40);
    });

    test(
      'learns nothing of it from any action, and changes nothing about it',
      { timeout: 120_000 },
      async () => {
        const { b, strangers } = await strangersTo(engine);
        const { read } = b.app.app.store;
        const secrets = await secretsOf(b);
        const before = await aboutClaims(b, read);
        const leaks: unknown[] = [];
        for (const [who, ctx] of Object.entries(strangers)) {
          for (const [name, call] of Object.entries(calls)) {
            const [by, input] = call(b, `${who.replaceAll(' ', '-').slice(0, 8)}-1`);
            // Who has the code becomes admin, and admins see all.
            if (by === 'coxswain' || name === 'org.claim-admin') continue;
            if (ctx.actor.kind === 'token' && !FOR_MACHINES.has(name)) continue;
            const given = text(input);
            const attempt = (words: string) =>
              answerOf(() => b.app.act(ctx, actionNamed(name), JSON.parse(words)));
            const answer = await attempt(given);
            const told = secrets.filter((secret) => answer.includes(secret) && !given.includes(secret));
            const leaked = told.filter((secret) => !named(given, secret));
            if (leaked.length > 0) leaks.push([who, name, leaked]);
            // Word for word what is said of a seat that does not exist.
            if (given.includes('claims') || given.includes('CLAIMS'))
              expect([who, name, elsewhere(b, answer)]).toEqual([
                who,
                name,
                elsewhere(b, await attempt(elsewhere(b, given))),
              ]);
          }
          expect([who, await aboutClaims(b, read)]).toEqual([who, before]);
        }
      },
    );
  });
}

/** Sentences repeat the word that was typed. */
const named = (given: string, secret: string): boolean =>
  (secret === '“claims”' && given.includes('claims')) || (secret === 'CLAIMS-' && given.includes('CLAIMS'));

/** Every row about the seat. */
async function aboutClaims(b: Busy, read: Db): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(SEAT_BOUND) as (keyof typeof SEAT_BOUND)[]) {
    const rows: Record<string, unknown>[] = await read.select().from(read.t[name]);
    const seen = new Set(
      ((await sighted(read, b.org, [b.seat]).select().from(read.t[name])) as unknown[]).map(text),
    );
    found[name] = rows.map(text).filter((row) => !seen.has(row));
  }
  return found;
}
