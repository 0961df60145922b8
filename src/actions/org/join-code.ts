import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { JOIN_CODE_LASTS } from '../../domain/one-time-code.ts';
import { type Effects, defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { codeDigest, newCode } from '../one-time-code.ts';

/** Null in the answer to a repeated call: the code is shown once. */
type Made = { code: string | null; until: number; name: string };

/** A one-time code with which another workspace or tenant joins this organisation. The one before is void. */
export const makeJoinCode = defineAction({
  name: 'org.join-code',
  input: z.object({}),
  allow: atLeast('admin'),
  async run({ tx, org, now, person }): Promise<Effects<Made>> {
    const { orgs } = tx.t;
    const code = newCode();
    const until = now + JOIN_CODE_LASTS;
    const [row] = await tx
      .update(orgs)
      .set({ joinCode: codeDigest(code), joinCodeUntil: until, joinCodeBy: person!.id })
      .where(eq(orgs.id, org))
      .returning({ name: orgs.name });
    const made = { until, name: row!.name };
    return {
      result: { ...made, code },
      kept: { ...made, code: null },
      audit: { subject: `org:${org}`, facts: { joinCode: 'made', until } },
    };
  },
});
