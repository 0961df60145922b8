import { z } from 'zod';
import { personById } from '../../../db/people.ts';
import { notFound } from '../../errors.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { anyone, atLeast } from '../allow.ts';

const input = z.object({ person: z.string({ error: 'Please name a person.' }) });

/** Everybody for themselves; an admin for others, also for who has left. */
const oneselfOrAdmin = (s: Scope<z.output<typeof input>>): Promise<Verdict> | Verdict =>
  s.input.person === s.person?.id ? anyone(s) : atLeast('admin')(s);

/** Lets somebody have all that is stored about a person. Nothing changes, but that it was handed out is in the record. */
export const exportPerson = defineAction({
  name: 'person.export',
  input,
  allow: oneselfOrAdmin,
  async run({ tx, org, input }) {
    const person = await personById(tx, org, input.person);
    if (person === undefined) throw notFound('This person is not known here.');
    return {
      result: { name: person.name },
      audit: { subject: `person:${person.id}`, facts: { exported: person.id } },
    };
  },
});
