import { type PingOutcome, type Policy, askedStep } from './escalation.ts';

/** What is known of who was asked, in one round. */
export interface AskedPing {
  readonly person: string | null;
  readonly step: number;
  readonly outcome: PingOutcome;
  readonly answeredAt: number | null;
}

const WAITED: ReadonlySet<PingOutcome> = new Set(['pinged', 'own doing', 'handed']);

/**
 * Person ids of a step that wants everybody's acknowledgement, who have not given theirs. Empty where the first answer
 * is enough, and once the chain has ended.
 */
export function stillAsked(
  at: { readonly policy: Policy; readonly step: number; readonly repeats: number },
  pings: readonly AskedPing[],
): readonly string[] {
  const asked = askedStep(at.policy, at);
  if (asked === undefined || at.policy.steps[asked]?.all !== true) return [];
  const waited = pings.filter((p) => p.step === asked && WAITED.has(p.outcome));
  const answered = new Set(waited.flatMap((p) => (p.answeredAt === null ? [] : [p.person])));
  return [...new Set(waited.flatMap((p) => (p.person === null || answered.has(p.person) ? [] : [p.person])))];
}
