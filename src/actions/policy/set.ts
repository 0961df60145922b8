import { and, eq, isNull, max } from 'drizzle-orm';
import { z } from 'zod';
import { policyFor, presentPolicy } from '../../../db/escalations.ts';
import { channelsCalled } from '../../../db/orgs.ts';
import { peopleCalled } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import type { Policy, Step } from '../../domain/escalation.ts';
import { type Severity } from '../../domain/issue.ts';
import { parsePolicy } from '../../domain/policy-text.ts';
import { conflict, invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { clip } from '../../text.ts';
import { type Effects, type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { nameOf, needSeat } from '../find.ts';
import { sentence, wholeNumber } from '../inputs.ts';

const input = z.object({
  /** Key of the seat; left out for the whole organisation. */
  seat: z.string().optional(),
  severity: wholeNumber('The severity', 1, 4, ' (1 is critical, 4 is low)'),
  /** See domain/policy-text.ts; `default` gives the default back. */
  steps: sentence('the steps, one a line, or “default”', 3000),
  reason: sentence('the reason', 500),
  /** The version that was shown when it was edited; 0 for none. */
  was: z.coerce.number().int().optional(),
});
type Input = z.output<typeof input>;

/** The accountable owner, for their own seat only. */
function ownSeat(s: Scope<Input>): Promise<Verdict> | Verdict {
  if (s.input.seat === undefined) return { allowed: false, whoMay: 'for one seat its accountable owner' };
  return ownerOfNamedSeat(['accountable'])({ ...s, input: { seat: s.input.seat } });
}

/** A new version of whom an issue of one severity asks, and when. Chains that run keep the one they began with. */
export const setPolicy = defineAction({
  name: 'policy.set',
  input,
  allow: either<Input>(ownSeat, atLeast('governor')),
  async run(s): Promise<Effects<{ seat: string | null; severity: number; version: number }>> {
    const { tx, org, now, input, person } = s;
    const severity = input.severity as Severity;
    const seat = input.seat === undefined ? null : await needSeat(tx, org, input.seat);
    const policy = await wanted(s, severity);
    const { own, whole } = await policyFor(tx, org, seat?.id ?? null, severity);
    const before = seat === null ? whole : own;
    if (input.was !== undefined && input.was !== (before?.version ?? 0)) {
      const who = (await nameOf(tx, org, before?.by ?? null)) ?? 'Somebody';
      throw conflict(
        `${who} changed this policy while you were editing it. Open it again to see what holds.`,
      );
    }
    if (policy === null && (before?.policy ?? null) === null) throw conflict('The default holds already.');
    const version = await replace(s, { seat: seat?.id ?? null, severity, policy });
    return {
      result: { seat: seat?.key ?? null, severity, version },
      audit: {
        subject: seat === null ? `org:${org}` : `seat:${seat.id}`,
        facts: {
          seat: seat?.key ?? null,
          severity,
          version,
          default: policy === null,
          by: person!.id,
          at: now,
        },
        text: { steps: input.steps, reason: input.reason },
      },
    };
  },
});

async function wanted({ tx, org, input }: Scope<Input>, severity: Severity): Promise<Policy | null> {
  if (/^(?:default|reset)$/i.test(input.steps)) return null;
  const parsed = parsePolicy(input.steps, { workingHours: severity > 1 });
  if (severity === 1 && parsed.workingHours)
    throw refuse('Severity 1 is critical: it runs day and night. Begin with “day and night”.');
  return { ...parsed, steps: await Promise.all(parsed.steps.map((step) => withIds(tx, org, step))) };
}

/** Names become ids: nobody is guessed. */
async function withIds(tx: Db, org: string, step: Step): Promise<Step> {
  const people = await Promise.all((step.people ?? []).map((name) => personCalled(tx, org, name)));
  const channels = await Promise.all((step.channels ?? []).map((name) => channelCalled(tx, org, name)));
  return {
    ...step,
    ...(people.length === 0 ? {} : { people }),
    ...(channels.length === 0 ? {} : { channels }),
  };
}

const refuse = (message: string) => invalid(message, { fields: { steps: message } });

async function personCalled(tx: Db, org: string, name: string): Promise<string> {
  const found = await peopleCalled(tx, org, name);
  const [first, second] = found;
  if (first !== undefined && second === undefined && !first.guest) return first.id;
  const why = found.length > 1 ? 'More than one person is called' : 'Nobody here is called';
  throw refuse(`${why} “${clip(name, 60)}”. Use the email address, as in @ana@example.com.`);
}

async function channelCalled(tx: Db, org: string, name: string): Promise<string> {
  const found = await channelsCalled(tx, org, name);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.id;
  const why =
    found.length > 1 ? 'More than one channel is called' : 'Coxswain is in no channel that is called';
  throw refuse(`${why} “${clip(name, 60)}”. Invite it there first, and type the name as it is.`);
}

async function replace(
  { tx, org, now, input, person }: Scope<Input>,
  next: { readonly seat: string | null; readonly severity: Severity; readonly policy: Policy | null },
): Promise<number> {
  const { policies } = tx.t;
  const same = and(
    eq(policies.org, org),
    next.seat === null ? isNull(policies.seat) : eq(policies.seat, next.seat),
    eq(policies.severity, next.severity),
  );
  const key = presentPolicy(next.seat, next.severity);
  await tx
    .update(policies)
    .set({ present: null })
    .where(and(eq(policies.org, org), eq(policies.present, key)))
    .returning({ id: policies.id });
  const [last] = await tx
    .select({ version: max(policies.version) })
    .from(policies)
    .where(same);
  const version = (last?.version ?? 0) + 1;
  await tx.insert(policies).values({
    org,
    id: newId(),
    ...next,
    version,
    at: now,
    by: person!.id,
    reason: input.reason,
    present: key,
  });
  return version;
}
