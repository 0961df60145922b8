import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { assertProposed, versionedKey } from '../../domain/rubric/score.ts';
import { conflict, forbidden } from '../../errors.ts';
import { hasRole } from '../../domain/person.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needRubricVersion } from '../find.ts';
import { sentence, wholeNumber } from '../inputs.ts';
import { rubricSubject } from './messages.ts';

const input = z.object({
  key: z.string(),
  version: wholeNumber('The version', 1, 100_000),
  reason: sentence('why it is withdrawn', 1000),
});

/** Takes a proposal back: who proposed it, or an admin. */
export const withdrawRubric = defineAction({
  name: 'rubric.withdraw',
  input,
  allow: atLeast('governor'),
  async run({ tx, org, now, input, person }) {
    const { key, version, reason } = input;
    const row = await needRubricVersion(tx, org, key, version);
    assertProposed(row.state, `Version ${version}`);
    if (row.proposedBy !== person!.id && !hasRole(person!.role, 'admin'))
      throw forbidden('Who proposed this version, or an admin, can withdraw it.');
    const { rubrics } = tx.t;
    const [moved] = await tx
      .update(rubrics)
      .set({ state: 'withdrawn', decidedAt: now })
      .where(
        and(
          eq(rubrics.org, org),
          eq(rubrics.key, key),
          eq(rubrics.version, version),
          eq(rubrics.state, 'proposed'),
        ),
      )
      .returning({ version: rubrics.version });
    if (moved === undefined) throw conflict(`Version ${version} was just decided by somebody else.`);
    return {
      result: { key, version },
      audit: {
        subject: rubricSubject(key, version),
        facts: { rubric: versionedKey(key, version), state: 'withdrawn' },
        text: { reason },
      },
      changed: [rubricSubject(key, version)],
    };
  },
});
