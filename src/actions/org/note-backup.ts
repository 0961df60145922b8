import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Remembers that the database was copied and the copy verified. */
export const noteBackup = defineAction({
  name: 'org.note-backup',
  input: z.object({ bytes: z.number(), kind: z.enum(['sqlite', 'portable']) }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { orgs } = tx.t;
    await tx.update(orgs).set({ backedUpAt: now }).where(eq(orgs.id, org)).returning({ id: orgs.id });
    return {
      result: undefined,
      audit: { subject: `org:${org}`, facts: { backup: input.kind, bytes: input.bytes } },
    };
  },
});
