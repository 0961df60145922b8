import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Rule, ruleByRef } from '../../../db/rules.ts';
import type { Db } from '../../../db/store.ts';
import { conflict, notFound } from '../../errors.ts';
import { clip } from '../../text.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { sentence } from '../inputs.ts';

async function needRule(db: Db, org: string, ref: string): Promise<Rule> {
  const rule = await ruleByRef(db, org, ref.trim().toUpperCase());
  if (rule !== undefined) return rule;
  throw notFound(`There is no rule “${clip(ref, 40)}”. “rules” shows those that hold.`, { hint: 'rules' });
}

interface Input {
  readonly rule: string;
}

async function whoMadeIt(s: Scope<Input>): Promise<Verdict> {
  const { by } = await needRule(s.tx, s.org, s.input.rule);
  return by === s.person?.id ? { allowed: true, right: 'author' } : { allowed: false, whoMay: 'who made it' };
}

/** A rule that does not hold any more; it stays in the record with the reason. */
export const endRule = defineAction({
  name: 'rule.end',
  input: z.object({
    /** `R1`. */
    rule: z.string({ error: 'Please name the rule.' }),
    because: sentence('the reason', 500),
  }),
  allow: either<Input>(whoMadeIt, atLeast('governor')),
  async run({ tx, org, now, input, person }) {
    const { rules } = tx.t;
    const rule = await needRule(tx, org, input.rule);
    const [ended] = await tx
      .update(rules)
      .set({ endedAt: now, endReason: input.because, endedBy: person!.id })
      .where(and(eq(rules.org, org), eq(rules.id, rule.id), isNull(rules.endedAt)))
      .returning({ id: rules.id });
    if (ended === undefined) throw conflict(`${rule.ref} has ended already: ${rule.endReason ?? ''}`);
    return {
      result: { ref: rule.ref },
      audit: { subject: `rule:${rule.id}`, facts: { ref: rule.ref }, text: { because: input.because } },
    };
  },
});
