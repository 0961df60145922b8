import { z } from 'zod';
import { type Person, identitiesOf, peopleCalled, personByIdentity } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { orgById } from '../../../db/orgs.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { OFFICE_HOURS } from '../../domain/working-time.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

const input = z.object({
  platform: z.enum(PLATFORMS),
  tenant: z.string(),
  ref: z.string(),
  name: z.string().max(200),
  email: z.string().max(320).optional(),
  zone: z.string().optional(),
  guest: z.boolean(),
  /** Named as admin in the configuration, by an address that the platform verified. */
  admin: z.boolean(),
});

/**
 * The same human on the other platform: one active member with the same verified address and no account on this
 * platform yet. Both platforms are connected by the same operator; guests are never matched.
 */
async function twinOf(
  tx: Db,
  org: string,
  { email, guest, platform, tenant }: z.output<typeof input>,
): Promise<Person | undefined> {
  if (email === undefined || guest) return undefined;
  const [one, other] = await peopleCalled(tx, org, email);
  if (one === undefined || other !== undefined || one.guest || one.email !== email) return undefined;
  const already = await identitiesOf(tx, org, platform, tenant, [one.id]);
  return already.length === 0 ? one : undefined;
}

/** Makes a person of a platform's user who is seen for the first time. Meeting them twice is meeting them once. */
export const meetPerson = defineAction({
  name: 'org.meet',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const known = await personByIdentity(tx, input.platform, input.tenant, input.ref);
    const audit = (person: string, met: boolean) => ({
      subject: `person:${person}`,
      facts: { platform: input.platform, met, guest: input.guest, admin: input.admin },
      ...(met ? { text: { name: input.name } } : {}),
    });
    if (known !== undefined && known.org !== org)
      throw conflict('This account belongs to another organisation.');
    if (known !== undefined) return { result: { person: known.person }, audit: audit(known.person, false) };
    const twin = await twinOf(tx, org, input);
    if (twin !== undefined) {
      await tx.insert(tx.t.identities).values({
        org,
        platform: input.platform,
        tenant: input.tenant,
        ref: input.ref,
        person: twin.id,
        name: input.name,
      });
      return { result: { person: twin.id }, audit: audit(twin.id, true) };
    }
    const zone = input.zone ?? (await orgById(tx, org))!.zone;
    const person = newId();
    await tx.insert(tx.t.people).values({
      org,
      id: person,
      name: input.name,
      email: input.email ?? null,
      zone,
      hours: { ...OFFICE_HOURS, zone },
      role: input.admin && !input.guest ? 'admin' : 'member',
      active: true,
      guest: input.guest,
      primaryPlatform: input.platform,
      createdAt: now,
    });
    await tx.insert(tx.t.identities).values({
      org,
      platform: input.platform,
      tenant: input.tenant,
      ref: input.ref,
      person,
      name: input.name,
    });
    return { result: { person }, audit: audit(person, true) };
  },
});
