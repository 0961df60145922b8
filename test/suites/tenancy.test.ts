import { globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIONS, actionNamed } from '../../src/actions/index.ts';
import type { Ctx } from '../../src/context.ts';
import { nextNight } from '../../src/actions/org/index.ts';
import { CoxswainError } from '../../src/errors.ts';
import { MONDAY, type Who } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { ACCEPTANCE, CLAIMS } from '../support/ship.ts';
import { type Busy, CODE, MARK, WEEK, busyOrg, cloneOrg } from '../support/two-orgs.ts';
import { IMPORT_CALLS } from './tenancy-imports.ts';
import { ACROSS } from './tenancy-across.ts';
import { NO_QUERY, READS, WRITES } from './tenancy-queries.ts';
import { READINESS_CALLS } from './tenancy-readiness.ts';
import { describeSight } from './tenancy-sight.ts';

const ROOT = join(import.meta.dirname, '../..');

const TWIN = 'twin';

type Call = readonly [by: Who | 'coxswain' | Ctx, input: object];

const place = (b: Busy) => ({
  platform: 'slack',
  tenant: b.tenant,
  conversation: {},
  kind: 'channel',
  active: true,
});
const user = (b: Busy) => ({ platform: 'slack', tenant: b.tenant, guest: false, admin: false });
const spare = (b: Busy, who: keyof Busy['spare']) => b.app.ctxAs({ kind: 'person', person: b.spare[who] });
const LESSON = { cause: 'a', fix: 'b', lesson: 'c' };
const POLICY = 'accountable · wait 2h\nthen governance channel · once';
const COLOUR_OF = { seat: 'claims', metric: 'acceptance' };

/** Every action with inputs that mean the same in both organisations; in this order each of them goes through. */
const CALLS: Readonly<Record<string, (b: Busy, fresh: string) => Call>> = {
  'org.claim-admin': () => ['eli', { code: CODE }],
  'seat.accept': (b) => ['cem', { owner: b.offer }],
  'escalation.unreachable': (b) => ['coxswain', { issue: b.issue, person: b.app.people.bo }],
  'escalation.step': (b) => ['coxswain', { due: [{ escalation: b.escalation, step: 1, repeats: 0 }] }],
  'escalation.snooze': () => ['bo', { issue: 'CLAIMS-1', for: '1h', why: 'In a meeting' }],
  'issue.acknowledge': () => ['bo', { issue: 'CLAIMS-1' }],
  'issue.note': () => ['eli', { issue: 'CLAIMS-1', text: 'It was hail.' }],
  'issue.severity': () => ['bo', { issue: 'CLAIMS-1', severity: 3, because: 'Few claims.' }],
  'issue.assign': (b) => ['bo', { issue: 'CLAIMS-1', person: b.app.people.dana }],
  'issue.solve': () => ['bo', { issue: 'CLAIMS-1', ...LESSON, rule: true }],
  'issue.close-quiet': (b) => ['coxswain', { issue: b.issue }],
  'issue.close': () => ['bo', { issue: 'CLAIMS-1' }],
  'issue.reopen': () => ['eli', { issue: 'CLAIMS-1', because: 'Hail again.' }],
  'issue.open': () => ['eli', { seat: 'claims', title: 'Again', severity: 1 }],
  'issue.merge': () => ['bo', { issue: 'CLAIMS-2', into: 'CLAIMS-1' }],
  'issue.drop': () => ['bo', { issue: 'CLAIMS-1', because: 'Summer came.' }],
  'rule.add': () => ['ana', { text: 'Ask first', why: 'Hail', fits: 'ai' }],
  'rule.end': () => ['ana', { rule: 'R1', because: 'Summer came.' }],
  'issue.signal': (b) => [
    'coxswain',
    { metric: b.metric, period: WEEK, kind: 'red', cause: b.app.people.bo },
  ],
  'issue.overdue': (b) => ['coxswain', { issue: b.issue }],
  'issue.settle-missing': (b) => ['coxswain', { metric: b.metric }],
  'drift.check': (b) => ['coxswain', { came: [{ metric: b.metric, period: WEEK }] }],
  'metric.baseline': () => ['bo', { ...COLOUR_OF, from: WEEK, because: 'a new form' }],
  'org.night': () => ['coxswain', { night: nextNight('Europe/Berlin', MONDAY) }],
  'metric.miss': (b) => ['coxswain', { metric: b.metric, period: WEEK }],
  'reading.log': () => ['bo', { readings: [{ ...COLOUR_OF, value: 99, period: WEEK }] }],
  'import.check': () => ['bo', { rows: [{ row: 2, ...COLOUR_OF, value: 98 }] }],
  'metric.add': (_, fresh) => ['bo', { ...ACCEPTANCE, key: fresh }],
  'metric.note': () => ['bo', { ...COLOUR_OF, period: WEEK, note: 'Half the team was away.' }],
  'metric.edit': (_, fresh) => ['bo', { ...COLOUR_OF, name: fresh }],
  'metric.target': (b) => ['bo', { ...COLOUR_OF, target: b.app.clock.now() / 1e12, because: 'Better now.' }],
  'metric.pause': () => ['bo', { ...COLOUR_OF, because: 'Moving house.' }],
  'metric.resume': () => ['bo', COLOUR_OF],
  'seat.add': (b, fresh) => ['bo', { ...CLAIMS, key: fresh, parent: 'claims', channel: b.channel }],
  'seat.own': (b) => ['ana', { seat: 'claims', role: 'operations', person: b.app.people.dana }],
  'seat.edit': (_, fresh) => ['bo', { seat: 'claims', record: { users: fresh } }],
  'vendor.add': (_, fresh) => ['bo', { key: fresh, name: 'Hillside' }],
  'vendor.edit': (_, fresh) => ['bo', { vendor: 'lakeside', record: { contact: fresh } }],
  'vendor.review': () => ['bo', { vendor: 'lakeside' }],
  'vendor.end': () => ['ana', { vendor: 'new-vendor', because: 'Replaced' }],
  'org.appoint': () => ['coxswain', { emails: ['bo@example.com'] }],
  'seat.set-visibility': () => ['bo', { seat: 'claims', visibility: 'people', because: 'Secret.' }],
  'seat.report-in': (b) => ['bo', { seat: 'claims', channel: b.channel }],
  'priority.add': (_, fresh) => ['bo', { seat: 'claims', title: fresh }],
  'priority.track': () => ['bo', { priority: 'CLAIMS-P1', on: false, note: 'The vendor is late.' }],
  'priority.end': () => ['bo', { priority: 'CLAIMS-P1', state: 'done' }],
  'seat.move': () => ['bo', { seat: 'claims', stage: 'proposed', because: 'Not ready.' }],
  ...READINESS_CALLS,
  ...IMPORT_CALLS,
  'digest.schedule': (b) => ['ana', { channel: b.channel, when: 'mon 09:00', zone: 'Europe/Berlin' }],
  'digest.post': (b) => ['coxswain', { digest: b.digest.id, nominal: b.digest.nextAt }],
  'digest.nudge': (b) => ['coxswain', { digest: b.digest.id, planned: b.digest.nudgeAt }],
  'digest.set-nudges': () => ['bo', { on: false }],
  'digest.schedule-executive': (b) => [
    'ana',
    { toKind: 'channel', toId: b.channel, when: 'mon 09:00', zone: 'Europe/Berlin' },
  ],
  'digest.post-executive': (b) => ['coxswain', { executive: b.executive.id, nominal: b.executive.nextAt }],
  'digest.stop-executive': (b) => ['ana', { toKind: 'person', toId: b.app.people.ana }],
  'digest.pause': (b) => ['ana', { channel: b.channel, paused: true }],
  'digest.post-now': (b) => ['ana', { channel: b.channel }],
  'audit.export': () => ['ana', {}],
  'person.settings': () => ['bo', { country: 'DE-BY', zone: 'Europe/Paris', hours: '8-16 mon-thu' }],
  'person.away': (b) => ['bo', { until: 'fri', delegate: b.app.people.dana }],
  'person.back': () => ['bo', {}],
  'message.retry': (b) => ['ana', { message: b.parked }],
  'message.drop': (b) => ['ana', { message: b.message }],
  'org.settings': (_, fresh) => ['ana', { name: fresh }],
  'org.forget': () => ['coxswain', { night: 1, batch: 0 }],
  'org.note-backup': () => ['coxswain', { bytes: 1, kind: 'sqlite' }],
  'policy.set': () => ['bo', { seat: 'claims', severity: 2, steps: POLICY, reason: 'Fewer people' }],
  'escalation.drill': () => ['bo', { seat: 'claims', severity: 1 }],
  'escalation.mend': (b) => ['coxswain', { issue: b.issue }],
  'escalation.wake': (b) => ['coxswain', { issue: b.issue, person: b.app.people.bo, until: 1 }],
  'org.set-governance-channel': (b) => ['ana', { channel: b.channel }],
  'org.set-channel-visibility': (b) => [
    'ana',
    { channel: b.channel, visibility: 'people', because: 'Secret.' },
  ],
  'org.learn-channel': (b) => ['coxswain', { ...place(b), ref: 'claims', name: 'claims' }],
  'org.meet': (b, fresh) => ['coxswain', { ...user(b), ref: fresh, name: 'Fay' }],
  'org.connect': (_, fresh) => ['coxswain', { platform: 'teams', tenant: fresh, name: 'Harbour' }],
  'person.keep': () => ['bo', { label: 'Do it', on: { kind: 'command', line: 'me' } }],
  'person.export': (b) => ['ana', { person: b.app.people.bo }],
  'person.forget-kept': () => ['bo', {}],
  'person.single': () => ['bo', {}],
  'person.confirm-single': (b) => ['ana', { person: b.app.people.bo }],
  'person.link-code': () => ['bo', {}],
  'person.link': () => ['eli', { code: 'NOBO-DYSC-ODES' }],
  'person.refuse-link': (b) => [spare(b, 'hal'), { person: b.spare.gil }],
  'person.confirm-link': (b) => [spare(b, 'fay'), { person: b.spare.gil }],
  'org.join-code': () => ['ana', {}],
  'org.join': () => ['ana', { code: 'NOBO-DYSC-ODES' }],
  'keys.rotate': () => ['coxswain', {}],
  'org.install': (b) => ['coxswain', { ...INSTALLED, platform: 'slack', tenant: b.tenant, name: 'Harbour' }],
  'org.renew-tokens': (b) => [
    'coxswain',
    { platform: 'slack', tenant: b.tenant, version: 1, credentials: 'sealed', expiresAt: 2 },
  ],
  'org.disconnect': (b) => [
    'coxswain',
    { platform: 'slack', tenant: b.tenant, why: 'it was uninstalled', until: null },
  ],
  'org.grant': (b) => ['ana', { person: b.app.people.bo, role: 'governor' }],
  'org.erase-person': (b) => ['ana', { person: b.app.people.eli }],
  'org.refresh-person': (b) => ['coxswain', { person: b.app.people.cem, guest: false, active: false }],
  'alert.take': (b) => [
    b.app.ctxAs({ kind: 'token', token: b.token }),
    { fingerprint: 'hail', state: 'resolved', seat: 'claims', title: 'It hails', severity: 4, startedAt: 1 },
  ],
  'token.create': (_, fresh) => ['ana', { name: fresh, seat: 'claims', scopes: 'alerts' }],
  'token.revoke': () => ['ana', { name: 'ci' }],
};

const INSTALLED = {
  credentials: 'sealed',
  expiresAt: 1,
  details: { app: 'A1', bot: 'U1', scopes: [], url: null, enterprise: null, whole: false, by: 'U2' },
};

let made = 0;

async function call(b: Busy, name: string): Promise<unknown> {
  made += 1;
  const [by, input] = CALLS[name]!(b, `new-${made}`);
  return b.app.act(by, actionNamed(name), input);
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (v instanceof Map || v instanceof Set ? [...v] : v)) ?? 'nothing';

const silent = (value: unknown) => {
  expect(text(value)).not.toContain(MARK);
  expect(text(value)).not.toContain(`"${TWIN}"`);
};

test('every action is called here', () => {
  expect(Object.keys(CALLS).toSorted()).toEqual(ACTIONS.map((action) => action.name).toSorted());
});

test('every query function is called here', async () => {
  const infrastructure =
    /^db\/(?:answers|drizzle|inspect|integrity|kit|limits|migrate|open|portable|private-file|quick|schema|store|tables|triggers|writes)\b/;
  const files = globSync(['db/*.ts', 'src/queries/*.ts'], { cwd: ROOT }).filter(
    (file) => !infrastructure.test(file),
  );
  expect(files.length).toBeGreaterThan(15);
  const found = await Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(join(ROOT, file));
      return Object.keys(module).filter((name) => typeof module[name] === 'function');
    }),
  );
  const known = [...Object.keys(READS), ...Object.keys(WRITES), ...ACROSS, ...NO_QUERY];
  expect(known.toSorted()).toEqual([...new Set(found.flat())].toSorted());
});

describe.each(ENGINES)('two organisations with the same ids and keys on %s', (engine) => {
  test('no action reads or changes anything of the other', { timeout: 240_000 }, async () => {
    const b = await busyOrg(engine);
    const { read } = b.app.app.store;
    await cloneOrg(b.app, b.org, TWIN);
    const before = await dump(read, TWIN);
    expect(Object.entries(before).filter(([name, rows]) => rows.length === 0 && name !== 'slots')).toEqual(
      [],
    );
    b.app.clock.moveTo(b.digest.nextAt);

    // A score is given once: whatever is done after it, it stands as it was.
    let given: readonly string[] = [];
    const scoresStand = async (name: string) => {
      const now = new Set((await dump(read, b.org))['scores']);
      expect([name, given.filter((score) => !now.has(score))]).toEqual([name, []]);
      given = [...now];
    };
    for (const name of Object.keys(CALLS)) {
      silent(await call(b, name));
      expect([name, await dump(read, TWIN)]).toEqual([name, before]);
      await scoresStand(name);
    }
    expect(given.length).toBeGreaterThan(2);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(CALLS), { minLength: 5 }), async (names) => {
        for (const name of names) {
          // Most are refused by now; what the refusal says must not come from the twin either.
          const answer = await call(b, name).catch((error: unknown) => {
            if (!(error instanceof CoxswainError)) throw error;
            return [error.message, error.fields];
          });
          silent(answer);
          await scoresStand(name);
        }
        expect(await dump(read, TWIN)).toEqual(before);
      }),
      { numRuns: 10 },
    );
    silent(await dump(read, b.org));
  });

  test('no action takes an id of the other for its own', { timeout: 120_000 }, async () => {
    const b = await busyOrg(engine);
    const stranger = await b.app.found('Quay Bank');
    const before = await dump(b.app.app.store.read, b.org);
    const foreign: Ctx = { ...b.app.ctxAs(), org: stranger.org };
    const { ana } = stranger.people;
    const asAna: Ctx = { ...foreign, actor: { kind: 'person', person: ana } };
    const refused: [string, Ctx, object][] = [
      ['seat.accept', asAna, { owner: b.offer }],
      ['issue.acknowledge', asAna, { issue: 'CLAIMS-1' }],
      ['org.grant', asAna, { person: b.app.people.bo, role: 'admin' }],
      ['org.set-governance-channel', asAna, { channel: b.channel }],
      ['digest.schedule', asAna, { channel: b.channel, zone: 'UTC' }],
      ['seat.add', asAna, { ...CLAIMS, channel: b.channel }],
      ['seat.add', asAna, { ...CLAIMS, accountable: b.app.people.bo }],
      ['seat.add', asAna, { ...CLAIMS, parent: 'claims' }],
      ['seat.add', { ...asAna, actor: { kind: 'person', person: b.app.people.ana } }, CLAIMS],
      ['org.connect', foreign, { platform: 'slack', tenant: b.tenant, name: 'Quay' }],
      ['org.install', foreign, { ...INSTALLED, platform: 'slack', tenant: b.tenant, name: 'Quay' }],
      ['org.disconnect', foreign, { platform: 'slack', tenant: b.tenant, why: 'gone', until: null }],
      ['org.meet', foreign, { ...user(b), ref: 'bo', name: 'Bo' }],
      ['org.refresh-person', foreign, { person: b.app.people.bo, guest: true, active: false }],
    ];
    for (const [name, ctx, input] of refused) {
      await expect(b.app.act(ctx, actionNamed(name), input), name).rejects.toBeInstanceOf(CoxswainError);
    }
    await stranger.act('ana', actionNamed('seat.add'), CLAIMS);
    const owned = { ...ACCEPTANCE, owner: b.app.people.bo };
    await expect(stranger.act('ana', actionNamed('metric.add'), owned)).rejects.toBeInstanceOf(CoxswainError);
    await b.app.act(foreign, actionNamed('escalation.step'), {
      due: [{ escalation: b.escalation, step: 1, repeats: 0 }],
    });
    await b.app.act(foreign, actionNamed('escalation.unreachable'), {
      issue: b.issue,
      person: b.app.people.bo,
    });
    expect(await dump(b.app.app.store.read, b.org)).toEqual(before);
  });

  test('no query sees anything of the other', { timeout: 120_000 }, async () => {
    const b = await busyOrg(engine);
    const { read } = b.app.app.store;
    const ask = async () => {
      const answers: [string, string][] = [];
      for (const [name, query] of Object.entries(READS))
        answers.push([name, text(await query(b, read, b.org))]);
      return answers;
    };
    const alone = await ask();
    // A query that finds nothing proves nothing.
    expect(alone.filter(([, answer]) => ['nothing', 'null', '[]'].includes(answer))).toEqual([]);
    await cloneOrg(b.app, b.org, TWIN);
    expect(await ask()).toEqual(alone);
  });

  test('no query function changes anything of the other', { timeout: 120_000 }, async () => {
    const b = await busyOrg(engine);
    const { store } = b.app.app;
    await cloneOrg(b.app, b.org, TWIN);
    const before = await dump(store.read, TWIN);
    for (const [name, write] of Object.entries(WRITES)) {
      const own = await dump(store.read, b.org);
      await store.write((tx) => write(b, tx, b.org));
      expect([name, await dump(store.read, TWIN)]).toEqual([name, before]);
      // A write that changes nothing proves nothing; a lock is meant to.
      if (name !== 'lockOrg') expect([name, await dump(store.read, b.org)]).not.toEqual([name, own]);
    }
  });
});

describeSight(CALLS);
