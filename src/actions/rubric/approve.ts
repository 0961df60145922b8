import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Person, personById } from '../../../db/people.ts';
import { type RubricApproval, approvalsOf } from '../../../db/rubrics.ts';
import type { Db } from '../../../db/store.ts';
import { hasRole } from '../../domain/person.ts';
import { APPROVED_AS, type ApprovedAs, assertProposed, versionedKey } from '../../domain/rubric/score.ts';
import { conflict, forbidden } from '../../errors.ts';
import { type Scope, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { needRubricVersion } from '../find.ts';
import { oneAccount } from '../one-account.ts';
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
  allow: oneAccount(anyone),
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
    const { as, instead } = await rightOf(s, given);
    if (instead !== undefined) await countAs(tx, given[0]!, instead);
    await tx
      .insert(tx.t.rubricApprovals)
      .values({ org, key, version, as, person: person!.id, at: now, comment: comment ?? null });
    const adopted = given.length + 1 === APPROVED_AS.length;
    if (adopted) await adopt(tx, org, key, version, now);
    return {
      result: { key, version, as, adopted },
      audit: {
        subject: rubricSubject(key, version),
        facts: {
          rubric: name,
          as,
          adopted,
          ...(instead === undefined ? {} : { other: given[0]!.person, otherAs: instead }),
        },
        ...(comment === undefined ? {} : { text: { comment } }),
      },
      changed: [rubricSubject(key, version)],
    };
  },
});

interface Right {
  readonly as: ApprovedAs;
  /** The approval that was given before counts by its giver's other right from now on. */
  readonly instead?: ApprovedAs;
}

/**
 * By which of the rights that are still needed this person approves. Who holds both rights and came first must not
 * keep the second one waiting for the right that is left: theirs counts by the other one then.
 */
async function rightOf({ tx, org, person }: Scope<Input>, given: readonly RubricApproval[]): Promise<Right> {
  if (given.some((approval) => approval.person === person!.id))
    throw conflict('You have approved this version already; it waits for somebody else.');
  const owners = await businessOwners(tx, org);
  const holds = (who: Pick<Person, 'id' | 'role'>): Readonly<Record<ApprovedAs, boolean>> => ({
    governor: hasRole(who.role, 'governor'),
    business: owners.includes(who.id),
  });
  const mine = holds(person!);
  const open = APPROVED_AS.filter((as) => !given.some((approval) => approval.as === as));
  const right = open.find((as) => mine[as]);
  if (right !== undefined) return { as: right };
  const [first] = given;
  if (first !== undefined && mine[first.as]) {
    const giver = (await personById(tx, org, first.person))!;
    const other = open.find((as) => giver.active && holds(giver)[as]);
    if (other !== undefined) return { as: first.as, instead: other };
  }
  const who = {
    governor: 'a governor',
    business: 'an accepted business owner of a seat in pilot or later',
  } satisfies Record<ApprovedAs, string>;
  throw forbidden(`This version still waits for ${open.map((as) => who[as]).join(' and ')}.`);
}

async function countAs(tx: Db, { org, key, version, as }: RubricApproval, other: ApprovedAs): Promise<void> {
  const { rubricApprovals } = tx.t;
  await tx
    .update(rubricApprovals)
    .set({ as: other })
    .where(
      and(
        eq(rubricApprovals.org, org),
        eq(rubricApprovals.key, key),
        eq(rubricApprovals.version, version),
        eq(rubricApprovals.as, as),
      ),
    )
    .returning({ as: rubricApprovals.as });
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
