import { and, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { JsonObject } from '../src/ui/card.ts';
import type { Db } from './store.ts';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';

const OPEN = ISSUE_STATES.filter(isOpen);

/** Two accounts of one human: `from` is merged into `to`. Person ids. */
export interface Merge {
  readonly org: string;
  readonly from: string;
  readonly to: string;
  readonly now: number;
}

/** The accounts and direct conversations. */
export async function moveAccounts(tx: Db, { org, from, to }: Merge): Promise<void> {
  const { identities, channels } = tx.t;
  await tx
    .update(identities)
    .set({ person: to })
    .where(and(eq(identities.org, org), eq(identities.person, from)))
    .returning({ ref: identities.ref });
  await tx
    .update(channels)
    .set({ person: to })
    .where(and(eq(channels.org, org), eq(channels.person, from)))
    .returning({ id: channels.id });
}

/** Present ownerships: one ends, the other begins, both with their dates. Returns the seats. */
export async function moveOwnerships(tx: Db, { org, from, to, now }: Merge): Promise<string[]> {
  const { owners } = tx.t;
  const rows = await tx
    .select()
    .from(owners)
    .where(and(eq(owners.org, org), eq(owners.person, from), isNotNull(owners.present)));
  for (const row of rows) {
    await tx
      .update(owners)
      .set({ endedAt: now, present: null })
      .where(and(eq(owners.org, org), eq(owners.id, row.id)))
      .returning({ id: owners.id });
    const acceptedAt = row.acceptedAt === null ? null : now;
    await tx.insert(owners).values({ ...row, id: newId(), person: to, namedAt: now, acceptedAt });
  }
  return [...new Set(rows.map((row) => row.seat))];
}

/** Numbers, open priorities, delegations, and the executive's page. */
export async function moveDuties(tx: Db, { org, from, to }: Merge): Promise<void> {
  const { metrics, priorities, people, executiveDigests } = tx.t;
  await tx
    .update(metrics)
    .set({ owner: to })
    .where(and(eq(metrics.org, org), eq(metrics.owner, from)))
    .returning({ id: metrics.id });
  await tx
    .update(priorities)
    .set({ owner: to })
    .where(and(eq(priorities.org, org), eq(priorities.owner, from), isNull(priorities.endedAt)))
    .returning({ id: priorities.id });
  await tx
    .update(people)
    .set({ delegate: to })
    .where(and(eq(people.org, org), eq(people.delegate, from)))
    .returning({ id: people.id });
  const pages = await tx
    .select()
    .from(executiveDigests)
    .where(
      and(
        eq(executiveDigests.org, org),
        eq(executiveDigests.toKind, 'person'),
        inArray(executiveDigests.toId, [from, to]),
      ),
    );
  const theirs = pages.find((p) => p.toId === from);
  if (theirs === undefined) return;
  const both = pages.length > 1;
  await tx
    .update(executiveDigests)
    .set(both ? { active: false } : { toId: to })
    .where(and(eq(executiveDigests.org, org), eq(executiveDigests.id, theirs.id)))
    .returning({ id: executiveDigests.id });
}

/** Open issues that they have, were asked about or handed on. Returns the issues. */
export async function moveIssues(tx: Db, { org, from, to }: Merge): Promise<string[]> {
  const { issues, pings, escalations } = tx.t;
  const open = tx
    .select({ id: issues.id })
    .from(issues)
    .where(and(eq(issues.org, org), inArray(issues.state, OPEN)));
  const held = await tx
    .update(issues)
    .set({ assignee: to })
    .where(
      and(
        eq(issues.org, org),
        inArray(issues.state, OPEN),
        or(
          eq(issues.assignee, from),
          and(isNull(issues.assignee), eq(issues.state, 'acknowledged'), eq(issues.acknowledgedBy, from)),
        ),
      ),
    )
    .returning({ id: issues.id });
  const asked = await tx
    .update(pings)
    .set({ person: to })
    .where(and(eq(pings.org, org), eq(pings.person, from), inArray(pings.issue, open)))
    .returning({ id: pings.issue });
  for (const column of ['handedTo', 'handedBy', 'snoozedBy'] as const) {
    await tx
      .update(escalations)
      .set({ [column]: to })
      .where(and(eq(escalations.org, org), eq(escalations[column], from)))
      .returning({ id: escalations.id });
  }
  return [...new Set([...held, ...asked].map(({ id }) => id))];
}

/** Scores that were asked of them, once for each seat, and half-filled forms that the other account has not. */
export async function moveScoring(tx: Db, { org, from, to, now }: Merge): Promise<string[]> {
  const { scoreRequests, drafts } = tx.t;
  const open = await tx
    .select()
    .from(scoreRequests)
    .where(
      and(
        eq(scoreRequests.org, org),
        eq(scoreRequests.state, 'open'),
        inArray(scoreRequests.reviewer, [from, to]),
      ),
    );
  const asked = new Set(open.flatMap((r) => (r.reviewer === to ? [r.seat] : [])));
  for (const request of open.filter((r) => r.reviewer === from)) {
    await tx
      .update(scoreRequests)
      .set(
        asked.has(request.seat)
          ? { state: 'cancelled', endedAt: now, openFor: null }
          : { reviewer: to, openFor: `${request.seat}:${to}` },
      )
      .where(and(eq(scoreRequests.org, org), eq(scoreRequests.id, request.id)))
      .returning({ id: scoreRequests.id });
  }
  const kept = await tx
    .select()
    .from(drafts)
    .where(and(eq(drafts.org, org), inArray(drafts.person, [from, to])));
  const have = new Set(kept.flatMap((d) => (d.person === to ? [d.about] : [])));
  for (const draft of kept.filter((d) => d.person === from)) {
    if (!have.has(draft.about)) await tx.insert(drafts).values({ ...draft, person: to });
  }
  await tx
    .delete(drafts)
    .where(and(eq(drafts.org, org), eq(drafts.person, from)))
    .returning({ about: drafts.about });
  return open.map(({ id }) => id);
}

/**
 * Proposals that wait: what one human proposed or approved by both accounts counts once. Returns how many approvals were
 * taken back because of it.
 */
export async function moveApprovals(
  tx: Db,
  { org, from, to }: Merge,
): Promise<{ voided: number; waiting: string[] }> {
  const { rubrics, rubricApprovals } = tx.t;
  const proposed = await tx
    .select({ key: rubrics.key, version: rubrics.version, by: rubrics.proposedBy })
    .from(rubrics)
    .where(and(eq(rubrics.org, org), eq(rubrics.state, 'proposed')));
  let voided = 0;
  for (const { key, version, by } of proposed) {
    const here = and(
      eq(rubricApprovals.org, org),
      eq(rubricApprovals.key, key),
      eq(rubricApprovals.version, version),
    );
    const given = await tx.select().from(rubricApprovals).where(here);
    const proposer = by === from || by === to;
    if (by === from)
      await tx
        .update(rubrics)
        .set({ proposedBy: to })
        .where(and(eq(rubrics.org, org), eq(rubrics.key, key), eq(rubrics.version, version)))
        .returning({ key: rubrics.key });
    const mine = given.filter((a) => a.person === from || a.person === to);
    const stays = proposer ? undefined : (mine.find((a) => a.person === to) ?? mine[0]);
    for (const approval of mine) {
      const one = and(here, eq(rubricApprovals.as, approval.as));
      if (approval !== stays) {
        voided += 1;
        await tx.delete(rubricApprovals).where(one).returning({ as: rubricApprovals.as });
      } else if (approval.person === from) {
        await tx.update(rubricApprovals).set({ person: to }).where(one).returning({ as: rubricApprovals.as });
      }
    }
  }
  return { voided, waiting: proposed.map(({ key, version }) => `rubric:${key}:${version}`) };
}

/** Messages that are older than this are not put right any more. */
const MESSAGES_FOR = 90 * 24 * 3_600_000;

/** What is on display, or should be, in direct messages: it is about the one person now, and stays where it stands. */
export async function moveMessages(
  tx: Db,
  { org, from, to, now }: Merge,
  was: { readonly platform: 'slack' | 'teams'; readonly tenant: string } | undefined,
): Promise<void> {
  const { messages } = tx.t;
  const rows = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.org, org),
        eq(messages.toKind, 'person'),
        eq(messages.toId, from),
        eq(messages.state, 'live'),
        gt(messages.createdAt, now - MESSAGES_FOR),
      ),
    );
  for (const row of rows) {
    const place = row.ref !== null && row.platform === null ? was : undefined;
    await tx
      .update(messages)
      .set({
        toId: to,
        subject: row.subject.replaceAll(from, to),
        // Guarantee of the cast: an id stands in the place of another.
        args: JSON.parse(JSON.stringify(row.args).replaceAll(from, to)) as JsonObject,
        ...(place === undefined ? {} : { platform: place.platform, tenant: place.tenant }),
      })
      .where(and(eq(messages.org, org), eq(messages.id, row.id)))
      .returning({ id: messages.id });
  }
}
