import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAudit, closeHead } from '../../../db/audit.ts';
import { holdings, moveOrg, orgByJoinCode } from '../../../db/joining.ts';
import { type Wanted, raiseSubjects, wantMessages } from '../../../db/messages.ts';
import { installationsOf, lockOrg, orgById } from '../../../db/orgs.ts';
import type { Org } from '../../../db/orgs.ts';
import { type Person, accountsOf, personById } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { keepRestricted } from '../../../db/visibility.ts';
import { platformName } from '../../domain/person.ts';
import { conflict } from '../../errors.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { codeDigest } from '../one-time-code.ts';
import { assertMayTry, countWrong, mergePeople } from '../person/index.ts';
import { questionOf, twinOf } from './twin.ts';

const input = z.object({
  code: z.string({ error: 'Please give the code that was made on the other side.' }).max(100),
});
type Input = z.output<typeof input>;

type Joined = { joined: boolean; org: string; what: string; people: number; linked: number };

/**
 * This organisation becomes part of the one that made the code: its people, channels and workspaces go over, in one
 * transaction, and both audit chains say so. It has to hold nothing else.
 */
export const redeemJoin = defineAction({
  name: 'org.join',
  input,
  allow: atLeast('admin'),
  async run(s): Promise<Effects<Joined>> {
    const { tx, org, now, input, person } = s;
    const me = person!;
    assertMayTry(me, now);
    const digest = codeDigest(input.code);
    const into = await inviting(tx, digest, now);
    if (into === undefined) {
      await countWrong(tx, me, now);
      return {
        result: { joined: false, org: '', what: '', people: 0, linked: 0 },
        audit: { subject: `org:${org}`, facts: { joinCode: 'wrong' } },
      };
    }
    if (into.id === org)
      throw conflict(
        'This code was made here. Redeem it on the other side, in the workspace that shall join.',
      );
    // Always in the same order, so that two that join each other do not wait for each other.
    for (const id of [org, into.id].toSorted()) await lockOrg(tx, id);
    const still = await inviting(tx, digest, now);
    if (still?.id !== into.id)
      throw conflict('This code was just redeemed by somebody else. Make a new one.');
    // Before it is looked at what is there: what others add at this moment is seen, or refused.
    await closeHead(tx, org, now);
    await assertEmpty(tx, org, into);
    return join(s, into, me);
  },
});

/** The organisation whose code this is, made by somebody who is still admin there: else a code would outlive the right to it. */
async function inviting(tx: Db, digest: string, now: number): Promise<Org | undefined> {
  const into = await orgByJoinCode(tx, digest, now);
  if (into === undefined || into.joinCodeBy === null) return undefined;
  const maker = await personById(tx, into.id, into.joinCodeBy);
  return maker?.active === true && maker.role === 'admin' ? into : undefined;
}

async function assertEmpty(tx: Db, org: string, into: Org): Promise<void> {
  const own = (await orgById(tx, org))!;
  if (own.sandbox !== into.sandbox) throw conflict('The sandbox joins nothing real.');
  const held = await holdings(tx, org);
  if (held.length === 0) return;
  const list = held.map(({ what, count }) => `${what} (${count})`).join(', ');
  throw conflict(
    `${own.name} has things of its own that would be lost: ${list}. Make the code here and redeem it in ${into.name}, or set this organisation up anew.`,
    { hint: 'admin join' },
  );
}

async function join({ tx, org, now, keys }: Scope<Input>, into: Org, me: Person): Promise<Effects<Joined>> {
  const what = (await installationsOf(tx, org))
    .map((i) => `${platformName(i.platform)} ${i.name}`)
    .join(', ');
  const moved = await moveOrg(tx, org, into.id, now);
  // A channel that came along may be closed to others, in an organisation where nothing was.
  await keepRestricted(tx, into.id);
  const linked: string[] = [];
  const changed: string[] = [];
  const questions: Wanted[] = [];
  for (const person of moved.filter(({ active }) => active)) {
    const accounts = await accountsOf(tx, into.id, [person.id]);
    const twin = await twinOf(tx, into.id, { ...person, accounts });
    if (twin?.verified !== 'both') {
      questions.push(...(await questionOf(tx, twin, person, now)));
      continue;
    }
    const merged = await mergePeople(tx, twin.person, person, now);
    linked.push(person.id);
    changed.push(...merged.changed);
  }
  const { orgs } = tx.t;
  await tx
    .update(orgs)
    .set({ joinCode: null, joinCodeUntil: null, joinCodeBy: null })
    .where(eq(orgs.id, into.id))
    .returning({ id: orgs.id });
  const facts = { from: org, into: into.id, people: moved.length, linked: linked.length };
  await appendAudit(tx, keys, {
    org: into.id,
    at: now,
    action: 'org.join',
    actor: { kind: 'person', person: me.id },
    right: 'join code',
    subject: `org:${into.id}`,
    facts: { ...facts, madeBy: into.joinCodeBy },
  });
  const told: Joined = { joined: true, org: into.name, what, people: moved.length, linked: linked.length };
  await tell(tx, into, me, told, now);
  await wantMessages(tx, into.id, now, 0, questions, undefined);
  await raiseSubjects(tx, into.id, 0, changed);
  return { result: told, audit: { subject: `org:${org}`, facts } };
}

/** Who made the code, and the governance channel, are told in their own organisation. */
async function tell(tx: Db, into: Org, me: Person, { org: name, what, people, linked }: Joined, now: number) {
  const args = { what, org: name, by: me.name, people, linked };
  const to: Wanted['to'][] = [
    ...(into.joinCodeBy === null ? [] : [{ kind: 'person' as const, id: into.joinCodeBy }]),
    ...(into.governanceChannel === null ? [] : [{ kind: 'channel' as const, id: into.governanceChannel }]),
  ];
  const wanted = to.map((one) => ({
    key: `joined:${one.id}:${now}`,
    to: one,
    view: 'joined',
    args,
    subject: `joined:${now}`,
  }));
  // At once, whatever the real time is.
  await wantMessages(tx, into.id, now, 0, wanted, undefined);
}
