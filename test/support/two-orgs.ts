import { escalationOf } from '../../db/escalations.ts';
import { messageByKey, setAside, startDelivery } from '../../db/messages.ts';
import { openOffers } from '../../db/owners.ts';
import { seatById } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { recordSlot } from '../../db/work.ts';
import { codeDigest } from '../../src/actions/one-time-code.ts';
import { and, eq } from 'drizzle-orm';
import { scheduleDigest, scheduleExecutive } from '../../src/actions/digest/index.ts';
import { addPriority, trackPriority } from '../../src/actions/priority/index.ts';
import { stepEscalations } from '../../src/actions/escalation/index.ts';
import { setPolicy } from '../../src/actions/policy/index.ts';
import { newIssue, noteIssue } from '../../src/actions/issue/index.ts';
import { setBaseline } from '../../src/actions/drift/index.ts';
import { connectTenant, learnChannel } from '../../src/actions/org/index.ts';
import { setTarget } from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { addRule } from '../../src/actions/rule/index.ts';
import { exportHead } from '../../src/actions/audit/index.ts';
import { takeAlert } from '../../src/actions/alert/index.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { addSeat, changeSeats, moveSeat, ownSeat, setSeatVisibility } from '../../src/actions/seat/index.ts';
import { createVendor } from '../../src/actions/vendor/index.ts';
import { rotateKeys } from '../../src/actions/keys/index.ts';
import { deriveKeys } from '../../src/keys.ts';
import { DAY } from '../../src/clock.ts';
import { MONDAY, type TestApp, testApp } from './app.ts';
import type { Engine } from './databases.ts';
import { makeReadiness } from './readiness.ts';
import { addImports } from './two-orgs-imports.ts';
import { addAcceptance, addClaims } from './ship.ts';

export const CODE = 'ABCD-EFGH-JKLM';
export const LINK_DIGEST = 'the digest of a code';
export const WEEK = '2026-W47';

/** An organisation in which a row of every kind is there, and the ids by which they are found. */
export interface Busy {
  readonly app: TestApp;
  readonly org: string;
  readonly tenant: string;
  readonly seat: string;
  readonly metric: string;
  readonly offer: string;
  readonly channel: string;
  readonly digest: { readonly id: string; readonly nextAt: number; readonly nudgeAt: number | null };
  readonly executive: { readonly id: string; readonly nextAt: number };
  readonly issue: string;
  readonly escalation: string;
  readonly message: string;
  readonly messageKey: string;
  /** Id of a message that is parked; `message` may repeat. */
  readonly parked: string;
  readonly followUp: string;
  /** Id of an open request for a score, of Dana. */
  readonly request: string;
  /** Person ids: Fay and Hal were asked whether Gil is theirs. */
  readonly spare: { readonly fay: string; readonly gil: string; readonly hal: string };
  /** Id of the token `ci`, which may do everything. */
  readonly token: string;
}

export async function busyOrg(engine: Engine): Promise<Busy> {
  const app = await testApp(engine);
  const {
    org,
    tenant,
    people,
    app: { store },
  } = app;
  const channel = await app.channel('claims');
  const seat = await addClaims(app, { channel });
  const metric = await addAcceptance(app);
  await app.act('ana', ownSeat, { seat: 'claims', role: 'platform', person: people.cem });
  await app.act('bo', setTarget, {
    seat: 'claims',
    metric: 'acceptance',
    target: 90.5,
    because: 'Measured.',
  });
  await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 71 }] });
  await app.act('bo', setBaseline, {
    seat: 'claims',
    metric: 'acceptance',
    from: WEEK,
    because: 'Another form.',
  });
  const { id: issue } = await app.act(
    'eli',
    newIssue,
    { seat: 'claims', title: 'Hail', severity: 2 },
    'kept',
  );
  const escalation = (await escalationOf(store.read, org, issue))!.id;
  await app.act('coxswain', stepEscalations, { due: [{ escalation, step: 0, repeats: 0 }] });
  const steps = 'accountable · wait 2h\nthen governance channel · once';
  await app.act('ana', setPolicy, { severity: 3, steps, reason: 'Fewer people' });
  await app.act('dana', noteIssue, { issue: 'CLAIMS-1', text: 'Bigger than eggs' });
  await app.act('ana', addRule, { text: 'Look at the sky', why: 'Hail', issue: 'CLAIMS-1' });
  await app.act('ana', scheduleDigest, { channel, when: 'mon 09:00', zone: 'Europe/Berlin' });
  const before = deriveKeys(new Uint8Array(32).fill(8));
  await app.act({ ...app.ctxAs(), keys: { ...app.keys, oldSigners: [before.signer] } }, rotateKeys, {});
  const me = { toKind: 'person', toId: people.ana };
  await app.act('ana', scheduleExecutive, { ...me, when: 'mon 09:00', zone: 'Europe/Berlin' });
  await app.act('ana', moveSeat, { seat: 'claims', stage: 'pilot', because: 'The first users are there.' });
  const request = await makeReadiness(app, seat);
  await app.act('bo', addPriority, { seat: 'claims', title: 'Half the hand-offs' });
  await app.act('bo', trackPriority, { priority: 'CLAIMS-P1', on: true, note: 'Half way' });
  const direct = { platform: 'slack', tenant, ref: 'd-bo', name: 'bo', kind: 'direct', person: people.bo };
  await app.act('coxswain', learnChannel, { ...direct, conversation: {}, active: true });
  await app.act('coxswain', connectTenant, { platform: 'slack', tenant, name: 'Harbour' });
  const spare = { fay: await app.meet('Fay'), gil: await app.meet('Gil'), hal: await app.meet('Hal') };
  const messageKey = `issue:${issue}:channel`;
  const message = (await messageByKey(store.read, org, messageKey))!.id;
  const ping = (await messageByKey(store.read, org, `pings:${people.bo}:${MONDAY}`))!.id;
  await store.write(async (tx) => {
    const { t } = tx;
    const at = app.clock.now();
    await tx
      .update(t.orgs)
      .set({ adminCode: codeDigest(CODE) })
      .where(eq(t.orgs.id, org));
    const codes = {
      [people.cem]: LINK_DIGEST,
      [spare.fay]: `asked:${spare.gil}`,
      [spare.hal]: `asked:${spare.gil}`,
    };
    for (const [id, linkCode] of Object.entries(codes))
      await tx
        .update(t.people)
        .set({ linkCode, linkCodeUntil: at + 60 * DAY })
        .where(and(eq(t.people.org, org), eq(t.people.id, id)));
    await tx
      .update(t.messages)
      .set({ refId: 'shown-1', mayRepeat: true })
      .where(and(eq(t.messages.org, org), eq(t.messages.id, message)));
    await startDelivery(tx, { org, id: 'delivery', message, revision: 1, kind: 'post', startedAt: at });
    await setAside(tx, org, ping, 'parked', 'not in the workspace');
    const by = { org, now: at, by: people.bo };
    const vendor = await createVendor(tx, by, { key: 'lakeside', name: 'Lakeside AI', sla: '99.9 %' });
    await createVendor(tx, by, { key: 'new-vendor', name: 'Hillside AI' });
    const harbour = (await seatById(tx, org, seat))!;
    await changeSeats(tx, by, [
      {
        seat: harbour,
        record: { users: 'Twelve clerks', extra: { Bureau: 'Hail' } },
        vendors: [vendor.id],
        origin: { importedFrom: 'federal', externalId: 'H-1' },
      },
    ]);
    const changed = { org, id: 'vendor-change', vendor: vendor.id, at, by: people.bo, before: { sla: null } };
    await tx.insert(t.vendorChanges).values(changed);
    await recordSlot(tx, { org, job: 'digest', target: channel, nominal: 1, ranAt: 1, outcome: 'on time' });
  });
  await addImports(store, org, people.ana, app.clock.now());
  await app.act('ana', exportHead, {});
  await app.act('ana', addSeat, { key: 'merger', name: 'Merger papers', accountability: 'Reads them.' });
  const secret = { seat: 'merger', visibility: 'people', because: 'Nobody may know.' };
  await app.act('ana', setSeatVisibility, secret);
  const token = await app.act('ana', createToken, {
    name: 'ci',
    scopes: 'readings,read,issues,alerts',
  });
  const machine = app.ctxAs({ kind: 'token', token: token.id });
  await app.act(machine, takeAlert, {
    fingerprint: 'hail',
    state: 'firing',
    seat: 'claims',
    title: 'It hails',
    severity: 4,
    startedAt: 1,
  });
  const [offer] = await openOffers(store.read, org, people.cem);
  const [digest] = await store.read.select().from(store.read.t.digests);
  const [executive] = await store.read.select().from(store.read.t.executiveDigests);
  const [followUp] = await store.read.select().from(store.read.t.followUps);
  return {
    app,
    org,
    tenant,
    seat,
    metric,
    offer: offer!.owner.id,
    channel,
    digest: digest!,
    executive: executive!,
    issue,
    escalation,
    message,
    messageKey,
    parked: ping,
    followUp: followUp!.id,
    request,
    spare,
    token: token.id,
  };
}

/** What people read in the twin begins with this. */
export const MARK = 'TWIN ';
const READ_BY_PEOPLE = new Set([
  'name',
  'title',
  'note',
  'sentence',
  'accountability',
  'reason',
  'text',
  'why',
]);

/** A second organisation whose rows have the same ids and keys as the first one's, and other words. */
export async function cloneOrg(app: TestApp, org: string, twin: string): Promise<void> {
  await app.app.store.write(async (tx) => {
    // In the order in which parents come before their children.
    for (const [name, table] of Object.entries(tx.t)) await cloneRows(tx, name, table, org, twin);
  });
}

type AnyTable = Db['t'][keyof Db['t']];

async function cloneRows(tx: Db, name: string, table: AnyTable, org: string, twin: string): Promise<void> {
  const key = name === 'orgs' ? 'id' : 'org';
  const rows: Record<string, unknown>[] = await tx.select().from(table);
  const copies = rows
    .filter((row) => row[key] === org)
    .map((row) => ({
      ...Object.fromEntries(Object.entries(row).map((entry) => marked(name, entry))),
      [key]: twin,
    }));
  // Guarantee of the cast: these are rows of this very table.
  if (copies.length > 0) await tx.insert(table).values(copies);
}

function marked(name: string, [column, value]: [string, unknown]): [string, unknown] {
  // Of all hashes, only those of tokens are looked for in every organisation at once.
  if (name === 'tokens' && column === 'hash') return [column, `${MARK}${String(value)}`];
  if (column === 'tenant') return [column, `${MARK}${String(value)}`];
  return [column, READ_BY_PEOPLE.has(column) && typeof value === 'string' ? `${MARK}${value}` : value];
}
