import { z } from 'zod';
import { machineIssueInput, newIssue } from '../../actions/issue/index.ts';
import { perform } from '../../actions/perform.ts';
import type { Json } from '../../ui/card.ts';
import { type Caller, type Endpoint, ctxOf } from '../endpoint.ts';
import { type Got, got, problem } from '../problem.ts';
import { isObject, unknownName } from './known.ts';

const answer = z.object({
  issue: z.string().meta({ description: 'Its name, as people type it: CLAIMS-1.' }),
  joined: z.boolean().meta({ description: 'It joined the issue that was open for this number already.' }),
});

/** Raises an issue. */
export async function raiseIssue(caller: Caller, body: unknown): Promise<Got<Json>> {
  if (!isObject(body)) return problem(400, 'Send the issue as an object with seat and title.');
  const odd = unknownName(body, machineIssueInput.shape);
  if (odd !== undefined) return problem(400, odd);
  const { ref, joined } = await perform(ctxOf(caller), newIssue, body);
  return got({ issue: ref, joined });
}

export const issuesEndpoint: Endpoint = {
  method: 'POST',
  path: '/api/v1/issues',
  id: 'raiseIssue',
  summary: 'Raise an issue',
  description:
    'It pings the owners of the seat as any other. With a metric it joins the issue that is open for this number, if there is one.',
  scope: 'issues:write',
  body: {
    schema: machineIssueInput,
    mostBytes: 256 * 1024,
    examples: {
      issue: { seat: 'claims', title: 'Answers cite a repealed rule', severity: 2, kind: 'incident' },
    },
  },
  answer,
  problems: [400, 404, 409, 413, 415],
  handle: ({ caller, body }) => raiseIssue(caller, body),
};
