import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Answers } from '../src/domain/rubric/readiness.ts';
import { OFFICE_HOURS } from '../src/domain/working-time.ts';
import type { Db } from './store.ts';

/** What stands in place of a text that had to stand somewhere. */
export const ERASED_TEXT = '(erased)';
const ERASED_NAME = 'Erased person';

/** Ids of a person and of the other accounts of the same human. */
export async function everyIdOf(db: Db, org: string, person: string): Promise<string[]> {
  const { people } = db.t;
  const merged = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.org, org), eq(people.mergedInto, person)));
  return [person, ...merged.map(({ id }) => id)];
}

export interface Who {
  readonly org: string;
  readonly ids: readonly string[];
  readonly now: number;
}

/** Who installed the app is named by the platform's id, inside of a value that no column names. */
async function forgetInstaller(tx: Db, org: string, refs: ReadonlySet<string>): Promise<void> {
  const { installations } = tx.t;
  const rows = await tx.select().from(installations).where(eq(installations.org, org));
  for (const { platform, tenant, details } of rows) {
    if (details === null || !refs.has(details.by)) continue;
    await tx
      .update(installations)
      .set({ details: { ...details, by: '' } })
      .where(
        and(
          eq(installations.org, org),
          eq(installations.platform, platform),
          eq(installations.tenant, tenant),
        ),
      )
      .returning({ tenant: installations.tenant });
  }
}

/** Removes who somebody was: name, address, accounts, conversations, and what was sent to them or only begun by them. */
export async function eraseIdentity(tx: Db, { org, ids, now }: Who): Promise<void> {
  const { people, identities, channels, messages, deliveries, drafts, executiveDigests } = tx.t;
  const those = [...ids];
  await tx
    .update(people)
    .set({
      name: ERASED_NAME,
      email: null,
      zone: 'UTC',
      hours: { ...OFFICE_HOURS, zone: 'UTC' },
      country: null,
      awayUntil: null,
      awaySince: null,
      delegate: null,
      linkCode: null,
      linkCodeUntil: null,
      kept: null,
      active: false,
      erasedAt: now,
    })
    .where(and(eq(people.org, org), inArray(people.id, those)))
    .returning({ id: people.id });
  await tx
    .update(people)
    .set({ delegate: null })
    .where(and(eq(people.org, org), inArray(people.delegate, those)))
    .returning({ id: people.id });
  const accounts = await tx
    .delete(identities)
    .where(and(eq(identities.org, org), inArray(identities.person, those)))
    .returning({ ref: identities.ref });
  await forgetInstaller(tx, org, new Set(accounts.map(({ ref }) => ref)));
  await tx
    .update(channels)
    .set({ ref: sql`'erased:' || ${channels.id}`, name: ERASED_NAME, conversation: {}, active: false })
    .where(and(eq(channels.org, org), inArray(channels.person, those)))
    .returning({ id: channels.id });
  const theirs = and(eq(messages.org, org), eq(messages.toKind, 'person'), inArray(messages.toId, those));
  await tx
    .delete(deliveries)
    .where(
      and(
        eq(deliveries.org, org),
        inArray(deliveries.message, tx.select({ id: messages.id }).from(messages).where(theirs)),
      ),
    )
    .returning({ id: deliveries.id });
  await tx.delete(messages).where(theirs).returning({ id: messages.id });
  await tx
    .delete(drafts)
    .where(and(eq(drafts.org, org), inArray(drafts.person, those)))
    .returning({ about: drafts.about });
  await tx
    .delete(executiveDigests)
    .where(
      and(
        eq(executiveDigests.org, org),
        eq(executiveDigests.toKind, 'person'),
        inArray(executiveDigests.toId, those),
      ),
    )
    .returning({ id: executiveDigests.id });
}

/** Removes what somebody wrote: remarks, notes and reasons. The names of things and the rules they made stay. */
export async function eraseRemarks(tx: Db, { org, ids }: Who): Promise<void> {
  const t = tx.t;
  const by = [...ids];
  const text = ERASED_TEXT;
  await tx
    .update(t.comments)
    .set({ text, link: null })
    .where(and(eq(t.comments.org, org), inArray(t.comments.person, by)))
    .returning();
  await tx
    .update(t.issues)
    .set({ title: text, detail: null, link: null, quote: null })
    .where(and(eq(t.issues.org, org), inArray(t.issues.openedBy, by)))
    .returning({ id: t.issues.id });
  await tx
    .update(t.issues)
    .set({ cause: null, fix: null, lesson: null })
    .where(and(eq(t.issues.org, org), inArray(t.issues.solvedBy, by)))
    .returning({ id: t.issues.id });
  await tx
    .update(t.issues)
    .set({ dropReason: text })
    .where(and(eq(t.issues.org, org), inArray(t.issues.closedBy, by), isNotNull(t.issues.dropReason)))
    .returning({ id: t.issues.id });
  await tx
    .update(t.escalations)
    .set({ why: null })
    .where(
      and(
        eq(t.escalations.org, org),
        or(inArray(t.escalations.snoozedBy, by), inArray(t.escalations.handedBy, by)),
      ),
    )
    .returning({ id: t.escalations.id });
  await tx
    .update(t.readings)
    .set({ note: null })
    .where(and(eq(t.readings.org, org), inArray(t.readings.reporter, by)))
    .returning({ id: t.readings.id });
  await tx
    .update(t.scoreRequests)
    .set({ note: null })
    .where(and(eq(t.scoreRequests.org, org), inArray(t.scoreRequests.by, by)))
    .returning({ id: t.scoreRequests.id });
  for (const table of [t.stageChanges, t.baselines, t.targetChanges] as const) {
    await tx
      .update(table)
      .set({ reason: text })
      .where(and(eq(table.org, org), inArray(table.by, by)))
      .returning({ id: table.id });
  }
  await tx
    .update(t.metrics)
    .set({ pauseReason: text })
    .where(and(eq(t.metrics.org, org), inArray(t.metrics.pausedBy, by)))
    .returning({ id: t.metrics.id });
  await tx
    .update(t.rules)
    .set({ endReason: text })
    .where(and(eq(t.rules.org, org), inArray(t.rules.endedBy, by)))
    .returning({ id: t.rules.id });
  await tx
    .update(t.tracks)
    .set({ note: null })
    .where(and(eq(t.tracks.org, org), inArray(t.tracks.by, by)))
    .returning({ week: t.tracks.week });
  await tx
    .update(t.policies)
    .set({ reason: null })
    .where(and(eq(t.policies.org, org), inArray(t.policies.by, by)))
    .returning({ id: t.policies.id });
  await tx
    .update(t.rubrics)
    .set({ reason: null })
    .where(and(eq(t.rubrics.org, org), inArray(t.rubrics.proposedBy, by)))
    .returning({ key: t.rubrics.key });
  await tx
    .update(t.rubricApprovals)
    .set({ comment: null })
    .where(and(eq(t.rubricApprovals.org, org), inArray(t.rubricApprovals.person, by)))
    .returning({ key: t.rubricApprovals.key });
  await eraseScoreNotes(tx, org, by);
}

/** Marks stay. Triggers let a score's words be removed once its reviewer is marked as erased, and nothing else. */
async function eraseScoreNotes(tx: Db, org: string, by: readonly string[]): Promise<void> {
  const { scores } = tx.t;
  const given = await tx
    .select({ id: scores.id, answers: scores.answers })
    .from(scores)
    .where(and(eq(scores.org, org), inArray(scores.reviewer, [...by])));
  for (const { id, answers } of given) {
    await tx
      .update(scores)
      .set({ note: null, evidence: null, answers: answers === null ? null : onlyMarks(answers) })
      .where(and(eq(scores.org, org), eq(scores.id, id)))
      .returning({ id: scores.id });
  }
}

const onlyMarks = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([path, { mark }]) => [path, { mark }]));
