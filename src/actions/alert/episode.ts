import { type Alert, countFiring } from '../../../db/alerts.ts';
import { holdIssue, holdOpenIssueFor } from '../../../db/held-issues.ts';
import { type Issue, issueById, signalKinds } from '../../../db/issues.ts';
import { metricByKey } from '../../../db/metrics.ts';
import type { Seat } from '../../../db/seats.ts';
import { isOpen } from '../../domain/issue.ts';
import { clip } from '../../text.ts';
import type { Effects, Scope } from '../action.ts';
import { addSignal, channelPost, openIssue, settleIssue } from '../issue/index.ts';
import { issueSubjects } from '../subjects.ts';
import type { AlertInput } from './take.ts';

/** What became of an event; `issue` is the issue's name. */
export type Taken = {
  outcome: 'opened' | 'joined' | 'settled' | 'resolved' | 'noted' | 'repeated' | 'stale';
  issue: string | null;
};

type S = Scope<AlertInput>;

/** The issue of an alert as far as it is open; where it was merged, the one into which. */
async function openOf({ tx, org }: S, id: string | null): Promise<Issue | undefined> {
  const own = id === null ? undefined : await holdIssue(tx, org, id);
  const issue = own?.mergedInto == null ? own : await holdIssue(tx, org, own.mergedInto);
  return issue !== undefined && isOpen(issue.state) ? issue : undefined;
}

const tellIn = (s: S, issue: Issue, sentence: string): Promise<void> =>
  addSignal(s.tx, { org: s.org, issue: issue.id, now: s.now, kind: 'alert', sentence, period: null });

/** An episode begins: evidence in the issue that is open already, or a new one. `issue` is its id. */
export async function begin(
  s: S,
  seat: Seat,
  known: Alert | undefined,
): Promise<Effects<Taken> & { issue: string }> {
  const { tx, org, now, input, token } = s;
  const metric = input.metric && (await metricByKey(tx, org, seat.id, input.metric.toLowerCase()));
  const sentence = clip(`Alert from ${token!.name}: ${input.title}`, 400);
  const open =
    (await openOf(s, known?.issue ?? null)) ??
    (metric ? await holdOpenIssueFor(tx, org, seat.id, metric.id) : undefined);
  if (open !== undefined) {
    await tellIn(s, open, sentence);
    const effects = await said(s, seat, 'joined', open.id);
    return {
      ...effects,
      shows: channelPost(seat, open.id),
      changed: await issueSubjects(tx, org, open.id),
      issue: open.id,
    };
  }
  const { title, detail, link, severity } = input;
  const effects = await openIssue(tx, {
    org,
    now,
    seat,
    metric: metric ? metric.id : null,
    kind: 'incident',
    severity,
    title,
    detail,
    link,
    openedBy: null,
    signal: { kind: 'alert', sentence, period: null },
  });
  return { ...effects, result: { outcome: 'opened', issue: effects.result.ref }, issue: effects.result.id };
}

/** An episode ends: what rests on alerts alone is settled once none of them fires; for the rest it is evidence. */
export async function end(s: S, seat: Seat, known: Alert): Promise<Effects<Taken>> {
  const { tx, org, now, input, token } = s;
  const issue = await openOf(s, known.issue);
  if (issue === undefined) return said(s, seat, 'resolved', known.issue ?? undefined);
  const alone = (await signalKinds(tx, org, issue.id)).every((kind) => kind === 'alert');
  if (alone && (await countFiring(tx, org, issue.id)) === 0) {
    const changed = await settleIssue(tx, { org, now, issue, fix: 'The alert is over.' });
    return { ...(await said(s, seat, 'settled', issue.id)), changed };
  }
  await tellIn(s, issue, clip(`${token!.name} says that it is over: ${input.title}`, 400));
  const effects = await said(s, seat, 'resolved', issue.id);
  return { ...effects, changed: await issueSubjects(tx, org, issue.id) };
}

/** What became of it, for the sender and for the audit log. */
export async function said(
  { tx, org, input }: S,
  seat: Seat,
  outcome: Taken['outcome'],
  issue?: string,
): Promise<Effects<Taken>> {
  const ref = issue === undefined ? null : ((await issueById(tx, org, issue))?.ref ?? null);
  return {
    result: { outcome, issue: ref },
    audit: {
      subject: issue === undefined ? `seat:${seat.id}` : `issue:${issue}`,
      facts: { ref, outcome, state: input.state, severity: input.severity },
      text: { alert: input.fingerprint, title: input.title },
    },
  };
}
