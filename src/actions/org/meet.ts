import { z } from 'zod';
import { personByIdentity } from '../../../db/people.ts';
import { installationsOf, orgById } from '../../../db/orgs.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { isVerified } from '../../domain/twin.ts';
import { OFFICE_HOURS } from '../../domain/working-time.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { questionOf, twinOf } from './twin.ts';

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
 * Makes a person of a platform's user who is seen for the first time. Meeting them twice is meeting them once. Who has
 * the address of somebody here is that person, or where the address is not verified, that person is asked.
 */
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
    const { platform, tenant } = input;
    const account = { email: input.email ?? null, guest: input.guest, accounts: [{ platform, tenant }] };
    const found = await twinOf(tx, org, account);
    const twin = found?.verified === 'both' ? found.person : undefined;
    if (twin !== undefined) {
      await tx.insert(tx.t.identities).values({
        org,
        platform: input.platform,
        tenant: input.tenant,
        ref: input.ref,
        person: twin.id,
        name: input.name,
        checkedAt: now,
      });
      return { result: { person: twin.id }, audit: audit(twin.id, true) };
    }
    const zone = input.zone ?? (await orgById(tx, org))!.zone;
    // Else the administrators of a tenant that joined could name the admins of this organisation.
    const admin = input.admin && !input.guest && isVerified(await installationsOf(tx, org), account.accounts);
    const person = newId();
    await tx.insert(tx.t.people).values({
      org,
      id: person,
      name: input.name,
      email: input.email ?? null,
      zone,
      hours: { ...OFFICE_HOURS, zone },
      role: admin ? 'admin' : 'member',
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
      gone: input.guest ? 'guest' : null,
      checkedAt: now,
    });
    const shows = await questionOf(tx, found, { org, id: person }, now);
    return { result: { person }, audit: audit(person, true), shows };
  },
});
