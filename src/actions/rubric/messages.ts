import type { Wanted } from '../../../db/messages.ts';
import { orgById } from '../../../db/orgs.ts';
import { acceptedInRole } from '../../../db/owners.ts';
import { peopleWithRole } from '../../../db/people.ts';
import { seesAll } from '../../../db/sight.ts';
import type { Db } from '../../../db/store.ts';
import { STAGES, type Stage } from '../../domain/seat.ts';

/** What the messages about one version are about. */
export const rubricSubject = (key: string, version: number): string => `rubric:${key}:${version}`;

/** A business owner signs off a rubric when their seat is past being only proposed, and not retired. */
const CONSUMING: readonly Stage[] = STAGES.filter((stage) => stage !== 'proposed' && stage !== 'retired');

/** Person ids. */
export const businessOwners = (tx: Db, org: string): Promise<string[]> =>
  acceptedInRole(
    seesAll(tx, 'a rubric holds for hidden seats, too, and their owners sign it off'),
    org,
    'business',
    CONSUMING,
  );

/**
 * Who can approve is asked: the governance channel where there is one, otherwise the governors, and the business owners
 * who sign off. The proposer is not.
 */
export async function proposalMessages(
  tx: Db,
  org: string,
  key: string,
  version: number,
  proposer: string,
): Promise<Wanted[]> {
  const channel = (await orgById(tx, org))!.governanceChannel;
  const governors = channel === null ? await peopleWithRole(tx, org, 'governor') : [];
  const people = new Set([...governors.map((p) => p.id), ...(await businessOwners(tx, org))]);
  people.delete(proposer);
  const about = { view: 'rubric', args: { key, version }, subject: rubricSubject(key, version) };
  const to: Wanted['to'][] = [
    ...(channel === null ? [] : [{ kind: 'channel' as const, id: channel }]),
    ...[...people].map((id) => ({ kind: 'person' as const, id })),
  ];
  return to.map((one) => ({ ...about, key: `${about.subject}:${one.id}`, to: one }));
}
