import { z } from 'zod';
import { holdOpenIssueFor } from '../../../db/held-issues.ts';
import type { Issue } from '../../../db/issues.ts';
import type { Metric } from '../../../db/metrics.ts';
import type { Seat } from '../../../db/seats.ts';
import { ISSUE_KINDS } from '../../domain/issue.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { anyone, either, machine } from '../allow.ts';
import { needMember, needMetric, needSeat } from '../find.ts';
import { optionalLink, optionalText, oneOf, sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { addSignal, channelPost } from './evidence.ts';
import { openIssue } from './open-issue.ts';
import { severityInput } from './severity-input.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Please choose the seat.' }),
  title: sentence('what is wrong, in one line', 200),
  detail: optionalText('the details', 3000),
  link: optionalLink('the link'),
  /** What the message says from which it is raised. */
  quote: optionalText('the quoted message', 3000),
  kind: oneOf('a kind of issue', ISSUE_KINDS).default('incident'),
  severity: severityInput.default(3),
  /** Key of the number that it is about. */
  metric: z.string().optional(),
  /** Person id: who has it from the start. */
  assignee: z.string().optional(),
});
type Input = z.output<typeof input>;
/** What a machine may say of an issue. */
export const machineIssueInput = input.omit({ quote: true, assignee: true });

type Raised = { id: string; ref: string; joined: boolean };

/**
 * Raises an issue. Anyone may, and a machine whose token says so: seeing something is enough. Where an issue is open
 * for the same number already, what was seen joins it as evidence.
 */
export const newIssue = defineAction({
  name: 'issue.open',
  input,
  allow: either<Input>(
    machine('issues:write', (s) => [s.input.seat]),
    anyone,
  ),
  async run(s): Promise<Effects<Raised>> {
    const { tx, org, now, input, person } = s;
    const by = raiserOf(s);
    const seat = await needSeat(tx, org, input.seat);
    const metric = input.metric === undefined ? undefined : await needMetric(tx, org, seat, input.metric);
    const known = metric === undefined ? undefined : await holdOpenIssueFor(tx, org, seat.id, metric.id);
    if (metric !== undefined && known !== undefined) return join(s, seat, metric, known);
    const { kind, severity, title, detail, link, quote } = input;
    const assignee =
      input.assignee === undefined
        ? undefined
        : (await needMember(tx, org, input.assignee, 'have an issue', 'assignee')).id;
    const effects = await openIssue(tx, {
      org,
      now,
      seat,
      metric: metric?.id ?? null,
      kind,
      severity,
      title,
      detail,
      link,
      quote,
      assignee,
      openedBy: person?.id ?? null,
      signal: { kind: by.kind, sentence: `${by.name} raised it: ${title}`, period: null },
    });
    return { ...effects, result: { ...effects.result, joined: false } };
  },
});

/** A person, or the machine behind a token. */
const raiserOf = ({ person, token }: Scope<Input>) =>
  person === undefined
    ? ({ kind: 'alert', name: `token ${token?.name ?? ''}` } as const)
    : ({ kind: 'person', name: person.name } as const);

async function join(s: Scope<Input>, seat: Seat, metric: Metric, known: Issue): Promise<Effects<Raised>> {
  const { tx, org, now, input } = s;
  const by = raiserOf(s);
  const { title, detail, link, quote } = input;
  const more = detail === undefined ? '' : ` ${detail}`;
  await addSignal(tx, {
    org,
    issue: known.id,
    now,
    kind: by.kind,
    period: null,
    sentence: `${by.name} saw it too: ${title}.${more}`,
    facts: link === undefined ? undefined : { link },
  });
  return {
    result: { id: known.id, ref: known.ref, joined: true },
    audit: {
      subject: `issue:${known.id}`,
      facts: { ref: known.ref, seat: seat.key, metric: metric.id, signal: by.kind, joined: true },
      text: { title, detail: detail ?? null, link: link ?? null, quote: quote ?? null },
    },
    shows: channelPost(seat, known.id),
    changed: await issueSubjects(tx, org, known.id),
  };
}
