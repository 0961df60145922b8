import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type RubricApproval, approvalsOf } from '../../../db/rubrics.ts';
import type { Db } from '../../../db/store.ts';
import { hasRole } from '../../domain/person.ts';
import { APPROVED_AS, type ApprovedAs, assertProposed, versionedKey } from '../../domain/rubric/score.ts';
import { conflict, forbidden } from '../../errors.ts';
import { type Scope, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { needRubricVersion } from '../find.ts';
import { optionalText, wholeNumber } from '../inputs.ts';
import { businessOwners, rubricSubject } from './messages.ts';

const input = z.object({
  key: z.string(),
  version: wholeNumber('The version', 1, 100_000),
  comment: optionalText('the comment', 1000),
});
type Input = z.output<typeof input>;

/**
 * One of the two approvals of a proposed version; the second one adopts it. They come from a governor and from an
 * accepted business owner of a seat in pilot or later: two people, neither of them the proposer.
 */
export const approveRubric = defineAction({
  name: 'rubric.approve',
  input,
  allow: anyone,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const { key, version, comment } = input;
    const name = versionedKey(key, version);
    const row = await needRubricVersion(tx, org, key, version);
    assertProposed(row.state, `Version ${version}`);
    if (row.proposedBy === person!.id)
      throw forbidden(
        'You proposed this version: a governor and a business owner other than you approve it.',
      );
    await takeTurn(tx, org, key, version);
    const given = await approvalsOf(tx, org, key, version);
    const as = await rightOf(s, given);
    await tx
      .insert(tx.t.rubricApprovals)
      .values({ org, key, version, as, person: person!.id, at: now, comment: comment ?? null });
    const adopted = given.length + 1 === APPROVED_AS.length;
    if (adopted) await adopt(tx, org, key, version, now);
    return {
      result: { key, version, as, adopted },
      audit: {
        subject: rubricSubject(key, version),
        facts: { rubric: name, as, adopted },
        ...(comment === undefined ? {} : { text: { comment } }),
      },
      changed: [rubricSubject(key, version)],
    };
  },
});

/** By which of the rights that are still needed this person approves. */
async function rightOf(
  { tx, org, person }: Scope<Input>,
  given: readonly RubricApproval[],
): Promise<ApprovedAs> {
  if (given.some((approval) => approval.person === person!.id))
    throw conflict('You have approved this version already; it waits for somebody else.');
  const open = APPROVED_AS.filter((as) => !given.some((approval) => approval.as === as));
  const mine: Readonly<Record<ApprovedAs, boolean>> = {
    governor: hasRole(person!.role, 'governor'),
    business: (await businessOwners(tx, org)).includes(person!.id),
  };
  const right = open.find((as) => mine[as]);
  if (right !== undefined) return right;
  const who = {
    governor: 'a governor',
    business: 'an accepted business owner of a seat in pilot or later',
  } satisfies Record<ApprovedAs, string>;
  throw forbidden(`This version still waits for ${open.map((as) => who[as]).join(' and ')}.`);
}

/** Changes nothing but locks the row, so that of two last approvals at the same moment the second sees the first. */
async function takeTurn(tx: Db, org: string, key: string, version: number): Promise<void> {
  const { rubrics } = tx.t;
  const [row] = await tx
    .update(rubrics)
    .set({ state: 'proposed' })
    .where(
      and(
        eq(rubrics.org, org),
        eq(rubrics.key, key),
        eq(rubrics.version, version),
        eq(rubrics.state, 'proposed'),
      ),
    )
    .returning({ version: rubrics.version });
  if (row === undefined)
    throw conflict(`Version ${version} was just changed by somebody else. Please look again.`);
}

async function adopt(tx: Db, org: string, key: string, version: number, now: number): Promise<void> {
  const { rubrics } = tx.t;
  await tx
    .update(rubrics)
    .set({ state: 'superseded', present: null })
    .where(and(eq(rubrics.org, org), eq(rubrics.present, key)))
    .returning({ version: rubrics.version });
  await tx
    .update(rubrics)
    .set({ state: 'adopted', present: key, decidedAt: now })
    .where(and(eq(rubrics.org, org), eq(rubrics.key, key), eq(rubrics.version, version)))
    .returning({ version: rubrics.version });
}
