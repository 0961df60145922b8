import { and, eq } from 'drizzle-orm';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { rubricVersions } from '../../../db/rubrics.ts';
import { compareRubrics } from '../../domain/rubric/compare.ts';
import { versionedKey } from '../../domain/rubric/score.ts';
import { conflict, invalid } from '../../errors.ts';
import { heldRubric } from '../../rubrics/held.ts';
import { SEAT_RUBRIC } from '../../rubrics/builtin.ts';
import { readRubric } from '../../rubrics/read.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { sentence } from '../inputs.ts';
import { keepRubric } from './keep.ts';
import { proposalMessages, rubricSubject } from './messages.ts';

const input = z.object({
  /** The rubric as YAML, as `rubric export` gives it. */
  yaml: z.string({ error: 'Please paste or upload the rubric as YAML.' }),
  reason: sentence('why the rubric should change', 1000),
});

/** Proposes the next version of the rubric. Nothing changes before two others have approved it. */
export const proposeRubric = defineAction({
  name: 'rubric.propose',
  input,
  allow: atLeast('governor'),
  async run({ tx, org, now, input, person }) {
    const rubric = readRubric(input.yaml);
    if (rubric.key !== SEAT_RUBRIC || rubric.scores !== 'seat') {
      throw invalid(`Seats are scored by the rubric “${SEAT_RUBRIC}”: keep its key, and “scores: seat”.`, {
        hint: 'rubric export',
      });
    }
    const held = await heldRubric(tx, org, rubric.key);
    if (canonicalize(rubric) === canonicalize(held.rubric))
      throw conflict(`This is version ${held.version}, which holds already: nothing differs.`);
    await keepRubric(tx, org, held, now);
    const { rubrics } = tx.t;
    const versions = await rubricVersions(tx, org, rubric.key);
    const version = Math.max(...versions.map((v) => v.version)) + 1;
    const replaced = await tx
      .update(rubrics)
      .set({ state: 'withdrawn', decidedAt: now })
      .where(and(eq(rubrics.org, org), eq(rubrics.key, rubric.key), eq(rubrics.state, 'proposed')))
      .returning({ version: rubrics.version });
    await tx.insert(rubrics).values({
      org,
      key: rubric.key,
      version,
      rubric,
      state: 'proposed',
      proposedAt: now,
      proposedBy: person!.id,
      reason: input.reason,
    });
    const { added, removed, reworded } = compareRubrics(held.rubric, rubric);
    return {
      result: { key: rubric.key, version },
      audit: {
        subject: rubricSubject(rubric.key, version),
        facts: {
          rubric: versionedKey(rubric.key, version),
          instead: replaced.map((r) => r.version),
          added,
          removed,
          reworded,
        },
        text: { yaml: input.yaml, reason: input.reason },
      },
      shows: await proposalMessages(tx, org, rubric.key, version, person!.id),
      changed: replaced.map((r) => rubricSubject(rubric.key, r.version)),
    };
  },
});
