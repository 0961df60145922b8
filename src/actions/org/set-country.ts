import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { parseCountry } from '../../holidays.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { typed } from '../inputs.ts';

const country = z
  .string({ error: 'Please give your country, like DE or DE-BY.' })
  .transform((given, context) => {
    if (/^(?:none|off)$/i.test(given.trim())) return null;
    const known = parseCountry(given);
    if (known !== undefined) return known;
    context.addIssue({
      code: 'custom',
      message: `“${typed(given)}” is not a country with known holidays. Type two letters, like DE, or with the part of it, like DE-BY; “none” for no holidays.`,
    });
    return z.NEVER;
  });

/** Whose public holidays are mine: nobody is pinged on them about what can wait. */
export const setCountry = defineAction({
  name: 'org.set-country',
  input: z.object({ country }),
  allow: anyone,
  async run({ tx, org, input, person }) {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ country: input.country })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return {
      result: { country: input.country },
      audit: { subject: `person:${person!.id}`, facts: { country: input.country } },
    };
  },
});
