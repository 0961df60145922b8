import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { is, Table } from 'drizzle-orm';
import { personById } from '../../db/people.ts';
import { seatByKey } from '../../db/seats.ts';
import { NOT_SEAT_BOUND, SEAT_BOUND, sighted } from '../../db/sight.ts';
import { hiddenFrom, sightOfChannel, sightOfPerson } from '../../db/visibility.ts';
import { setChannelVisibility } from '../../src/actions/org/index.ts';
import { addSeat, reportIn, setSeatVisibility } from '../../src/actions/seat/index.ts';
import type { Visibility } from '../../src/domain/visibility.ts';
import { type TestApp, type Who, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { CLAIMS, addClaims, appoint } from '../support/ship.ts';
import { busyOrg } from '../support/two-orgs.ts';

const because = 'It is confidential.';
const show = (app: TestApp, visibility: Visibility, by: Who = 'ana') =>
  app.act(by, setSeatVisibility, { seat: 'claims', visibility, because });

async function sees(app: TestApp, who: Who): Promise<boolean> {
  const { read } = app.app.store;
  const me = (await personById(read, app.org, app.people[who]))!;
  const db = await sightOfPerson(read, app.org, me, true);
  return (await seatByKey(db, app.org, 'claims')) !== undefined;
}

const whoSee = async (app: TestApp): Promise<Who[]> => {
  const seen: Who[] = [];
  for (const who of ['ana', 'bo', 'cem', 'dana', 'eli'] as const) if (await sees(app, who)) seen.push(who);
  return seen;
};

describe.each(ENGINES)('who sees a seat on %s', (engine) => {
  test(
    'its people see a seat for its people, and its owners and who is asked one for governors',
    { timeout: 120_000 },
    async () => {
      // Bo added it and is accountable, Cem was offered a role, Dana is to score it; an issue pinged Bo.
      const { app } = await busyOrg(engine);
      expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem', 'dana', 'eli']);
      await show(app, 'people', 'bo');
      expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem', 'dana']);
      await show(app, 'governors');
      expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem']);
      await show(app, 'everyone');
      expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem', 'dana', 'eli']);
    },
  );

  test('a seat is at least as hidden as the channel in which it reports', async () => {
    const app = await testApp(engine);
    const channel = await app.channel('board');
    await addClaims(app, { channel });
    await app.act('ana', setChannelVisibility, { channel, visibility: 'people', because });
    expect(await whoSee(app)).toEqual(['ana', 'bo']);
    await app.act('ana', setChannelVisibility, { channel, visibility: 'everyone', because });
    expect(await whoSee(app)).toHaveLength(5);
  });

  test('it leaves such a channel only by who may say who sees it', async () => {
    const app = await testApp(engine);
    const [board, open, office] = [
      await app.channel('board'),
      await app.channel('all'),
      await app.channel('office'),
    ];
    const seat = await addClaims(app, { channel: board });
    await appoint(app, 'cem', 'operations', seat);
    await app.act('ana', setChannelVisibility, { channel: board, visibility: 'governors', because });
    await app.act('ana', setChannelVisibility, { channel: office, visibility: 'people', because });
    const here = (who: Who, channel: string) => app.act(who, reportIn, { seat: 'claims', channel });
    for (const channel of [open, office]) {
      await expect(here('cem', channel)).rejects.toMatchObject({
        code: 'forbidden',
        message:
          'Reporting here, more people would see Claims triage than where it reports now. A governor (Ana Flores) or its accountable owner (Bo Lindqvist) may.',
      });
    }
    expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem']);
    await here('bo', office);
    await here('cem', board);
    await show(app, 'governors', 'bo');
    // The seat itself hides it as much now, so nobody more sees it elsewhere.
    await here('cem', open);
    expect(await whoSee(app)).toEqual(['ana', 'bo', 'cem']);
  });

  test('what is posted in a channel shows what everyone may see, and in a restricted one what reports there', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const [board, open] = [await app.channel('board'), await app.channel('open')];
    await addClaims(app, { channel: board });
    const shownIn = async (channel: string) =>
      (await seatByKey(await sightOfChannel(read, app.org, channel, true), app.org, 'claims')) !== undefined;
    expect(await shownIn(open)).toBe(true);
    await show(app, 'people');
    expect([await shownIn(board), await shownIn(open)]).toEqual([false, false]);
    await app.act('ana', setChannelVisibility, { channel: board, visibility: 'people', because });
    expect([await shownIn(board), await shownIn(open)]).toEqual([true, false]);
    await show(app, 'governors');
    expect(await shownIn(board)).toBe(false);
  });

  test('who may not see a seat cannot tell it from one that does not exist', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await show(app, 'people');
    const refusal = async (seat: string) =>
      app.act('eli', setSeatVisibility, { seat, visibility: 'everyone', because }).catch((e: unknown) => e);
    const [hidden, none] = [await refusal('claims'), await refusal('clamms')];
    expect(hidden).toMatchObject({
      code: 'not_found',
      message: 'There is no seat “claims”. No seat exists yet.',
    });
    expect(String(none)).toBe(String(hidden).replaceAll('claims', 'clamms'));
    await expect(app.act('eli', addSeat, CLAIMS)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The key “claims” cannot be used. Please choose another one.',
    });
  });

  test('while nothing is hidden a handle is what it was', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const me = (await personById(read, app.org, app.people.eli))!;
    expect(await sightOfPerson(read, app.org, me, false)).toBe(read);
    expect(sighted(read, app.org, [])).toBe(read);
    expect(await hiddenFrom(read, app.org, app.people.eli)).toEqual([]);
  });

  test('every table is either about a seat or about none', async () => {
    const app = await testApp(engine);
    const tables = Object.entries(app.app.store.read.t).filter(([, table]) => is(table, Table));
    const known = [...Object.keys(SEAT_BOUND), ...Object.keys(NOT_SEAT_BOUND)];
    expect(tables.map(([name]) => name).toSorted()).toEqual(known.toSorted());
  });
});

describe('no query goes past the sight', () => {
  const root = join(import.meta.dirname, '../..');
  const filesWith = (pattern: RegExp, folders = ['db', 'src', 'commands', 'jobs']) =>
    globSync(
      folders.map((folder) => `${folder}/**/*.ts`),
      { cwd: root },
    )
      .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))
      .toSorted();

  test('by SQL of its own that names a table', () => {
    // Of the same rows in priorities and readings: whether there is a newer one; in seat-search what belongs to a seat
    // that the statement itself reads.
    expect(filesWith(/\b(?:from|join) \$\{/i, ['db'])).toEqual([
      'db/priorities.ts',
      'db/readings.ts',
      'db/seat-search.ts',
      'db/sight.ts',
    ]);
  });

  test('by seeing all, but for what has to hold for hidden seats too', () => {
    expect(filesWith(/\bseesAll\(/)).toEqual([
      'db/visibility.ts',
      'src/actions/person/link.ts',
      'src/actions/person/merge.ts',
      'src/actions/rubric/messages.ts',
      'src/actions/seat/add.ts',
      'src/actions/seat/edit.ts',
      'src/actions/token/create.ts',
    ]);
  });
});
