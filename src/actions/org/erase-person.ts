import { z } from 'zod';
import { everyIdOf, eraseIdentity, eraseRemarks } from '../../../db/erase.ts';
import { eraseAuditTexts } from '../../../db/erase-audit.ts';
import { eraseQuoted, namesOf, quotableNotes } from '../../../db/erase-quoted.ts';
import { joinedInto } from '../../../db/joining.ts';
import { lockOrg } from '../../../db/orgs.ts';
import { peopleWithRole, personById } from '../../../db/people.ts';
import { conflict, notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { loseRoles } from './leave.ts';

/**
 * Erases who somebody was and what they wrote. What they did stays, as done by an erased person: readings, scores,
 * issues, and the entries of the audit log, which name people by an opaque id only and stay a whole chain.
 */
export const erasePerson = defineAction({
  name: 'org.erase-person',
  input: z.object({ person: z.string({ error: 'Please name a person.' }) }),
  allow: atLeast('admin'),
  async run({ tx, org, now, input }) {
    await lockOrg(tx, org);
    const person = await personById(tx, org, input.person);
    if (person === undefined) throw notFound('This person is not known here.');
    if (person.erasedAt !== null) throw conflict('This person was erased already.');
    if (person.mergedInto !== null)
      throw conflict('This account belongs to another one of the same person. Erase that one.');
    const admins = await peopleWithRole(tx, org, 'admin');
    if (admins.length > 0 && admins.every((admin) => admin.id === person.id))
      throw conflict(`${person.name} is the only admin. Make somebody else admin first.`, {
        hint: 'admin grant @bo admin',
      });
    const ids = await everyIdOf(tx, org, person.id);
    const words = await namesOf(tx, org, ids);
    const notes = await quotableNotes(tx, { org, ids, now });
    const { vacated, requests, ...effects } = await loseRoles(tx, {
      org,
      now,
      person: person.id,
      what: 'was erased',
    });
    await eraseQuoted(tx, org, words, notes);
    let texts = 0;
    // Also in organisations that joined this one: their rows and their logs stayed, and nobody could ask there.
    for (const one of [org, ...(await joinedInto(tx, org))]) {
      const there = await Promise.all(ids.map((id) => everyIdOf(tx, one, id)));
      const who = { org: one, ids: [...new Set(there.flat())], now };
      await eraseIdentity(tx, who);
      await eraseRemarks(tx, who);
      texts += await eraseAuditTexts(tx, who);
    }
    return {
      result: { texts, vacated: vacated.length },
      audit: {
        subject: `person:${person.id}`,
        facts: { erased: ids, texts, vacated, requests: [...requests] },
      },
      ...effects,
    };
  },
});
