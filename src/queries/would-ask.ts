import { policyFor } from '../../db/escalations.ts';
import { channelById } from '../../db/orgs.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { type Asked, defaultPolicy, targetsOf } from '../domain/escalation.ts';
import type { Severity } from '../domain/issue.ts';
import { type OwnerRole, acceptedOwner } from '../domain/seat.ts';

/** Who would be asked about an issue now, step by step: `Bo Okafor (accountable)`, `platform: nobody`. */
export type WouldAsk = readonly (readonly string[])[];

/**
 * The order of people in which an issue of this severity would be passed on today, by the policy that holds for the
 * seat; without a seat only the roles are known. `number` is who owns the metric.
 */
export async function loadWouldAsk(
  db: Db,
  org: string,
  severity: Severity,
  about: { readonly seat: string | null; readonly number: string | null },
): Promise<WouldAsk> {
  const { own, whole } = await policyFor(db, org, about.seat, severity);
  const policy = own?.policy ?? whole?.policy ?? defaultPolicy(severity);
  const owners = about.seat === null ? undefined : await ownersOfSeat(db, org, about.seat);
  const nameOf = async (id: string) => (await personById(db, org, id))?.name ?? 'somebody';
  const say = async (target: Asked): Promise<string> => {
    if (target === 'number')
      return about.number === null
        ? 'whose number it is'
        : `${await nameOf(about.number)} (whose number it is)`;
    if (target.startsWith('person:')) return nameOf(target.slice('person:'.length));
    if (target.startsWith('channel:'))
      return `#${(await channelById(db, org, target.slice('channel:'.length)))?.name ?? 'a channel'}`;
    if (owners === undefined) return `the ${target} owner`;
    // Guarantee of the cast: what is neither a number, a person nor a channel is an owner's role.
    const person = acceptedOwner(owners, target as OwnerRole);
    return person === undefined ? `${target}: nobody` : `${await nameOf(person)} (${target})`;
  };
  return Promise.all((policy?.steps ?? []).map((step) => Promise.all(targetsOf(step).map(say))));
}
