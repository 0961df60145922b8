import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { accountsOf } from '../../../db/people.ts';
import { hoursText, parseHours } from '../../domain/hours-text.ts';
import { PLATFORMS, platformName } from '../../domain/person.ts';
import { parseZone } from '../../domain/zone-name.ts';
import { CoxswainError, invalid } from '../../errors.ts';
import { parseCountry } from '../../holidays.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { oneOf, typed } from '../inputs.ts';

const country = z.string().transform((given, context) => {
  if (/^(?:none|off|)$/i.test(given.trim())) return null;
  const known = parseCountry(given);
  if (known !== undefined) return known;
  context.addIssue({
    code: 'custom',
    message: `“${typed(given)}” is not a country with known holidays. Type two letters, like DE, or with the part of it, like DE-BY; “none” for no holidays.`,
  });
  return z.NEVER;
});

/** What a parser of `domain` makes of a text; its sentence where it can make nothing. */
const read = <T>(parse: (text: string) => T, example: string) =>
  z.string().transform((given, context): T => {
    try {
      return parse(given);
    } catch (error) {
      if (!(error instanceof CoxswainError)) throw error;
      context.addIssue({ code: 'custom', message: `${error.message} For example ${error.hint ?? example}.` });
      return z.NEVER;
    }
  });

const input = z
  .object({
    zone: read(parseZone, 'Europe/Berlin').optional(),
    hours: read(parseHours, '9-17 mon-fri').optional(),
    country: country.optional(),
    primary: oneOf('a platform', PLATFORMS).optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: 'What shall change? Your zone, hours, country or primary platform.',
  });

/** My zone, working hours, public holidays, and where direct messages go. What is left out stays as it is. */
export const setOwn = defineAction({
  name: 'person.settings',
  input,
  allow: anyone,
  async run({ tx, org, input, person }) {
    const { people } = tx.t;
    const me = person!;
    const accounts = (await accountsOf(tx, org, [me.id])).filter(({ gone }) => gone === null);
    if (input.primary !== undefined && !accounts.some(({ platform }) => platform === input.primary)) {
      const name = platformName(input.primary);
      throw invalid(`Coxswain knows no account of yours on ${name}. Link it first.`, {
        hint: 'me link',
        fields: { primary: `No account of yours on ${name} is linked.` },
      });
    }
    const zone = input.zone ?? me.zone;
    const after = {
      zone,
      hours: { ...(input.hours ?? me.hours), zone },
      country: input.country === undefined ? me.country : input.country,
      primaryPlatform: input.primary ?? me.primaryPlatform,
    };
    await tx
      .update(people)
      .set(after)
      .where(and(eq(people.org, org), eq(people.id, me.id)))
      .returning({ id: people.id });
    const facts = { ...after, hours: hoursText(after.hours) };
    return { result: facts, audit: { subject: `person:${me.id}`, facts } };
  },
});
