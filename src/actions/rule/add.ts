import { z } from 'zod';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';
import { needIssue } from '../find.ts';
import { sentence } from '../inputs.ts';
import { fitInput } from './fit-input.ts';
import { makeRule } from './make.ts';

const input = z.object({
  text: sentence('the rule', 1000),
  why: sentence('why it holds', 1000),
  fits: fitInput,
  /** The issue that taught it: `CLAIMS-1`. */
  issue: z.string().optional(),
});
type Input = z.output<typeof input>;

/** Who owns the seat of the issue that taught it. */
async function ownerOfItsSeat(s: Scope<Input>): Promise<Verdict> {
  const { issue } = s.input;
  if (issue === undefined)
    return { allowed: false, whoMay: 'an owner of the seat whose issue taught it (issue=CLAIMS-1)' };
  return ownerOf<Input>(async () => (await needIssue(s.tx, s.org, issue)).seat)(s);
}

/** Writes down what was learned, for every seat that it fits. */
export const addRule = defineAction({
  name: 'rule.add',
  input,
  allow: either<Input>(ownerOfItsSeat, atLeast('governor')),
  async run({ tx, org, now, input, person }) {
    const { text, why, fits } = input;
    const issue = input.issue === undefined ? null : (await needIssue(tx, org, input.issue)).id;
    const { id, ref } = await makeRule(tx, { org, now, text, why, fits, by: person!.id, issue });
    return {
      result: { id, ref },
      audit: { subject: `rule:${id}`, facts: { ref, fits: { ...fits }, issue }, text: { text, why } },
    };
  },
});
