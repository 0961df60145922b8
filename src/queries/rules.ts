import { issuesByIds } from '../../db/issues.ts';
import { metricsOfSeats } from '../../db/metrics.ts';
import { orgById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Rule, rulesThatHold } from '../../db/rules.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { fits } from '../domain/lesson.ts';

export type { Rule };

/** Rules that hold and speak to this seat, oldest first. */
export async function rulesFor(db: Db, org: string, seat: Seat): Promise<Rule[]> {
  const rules = await rulesThatHold(db, org);
  if (rules.length === 0) return [];
  const categories = new Set((await metricsOfSeats(db, org, [seat.id])).map((m) => m.category));
  return rules.filter((rule) => fits(rule.fits, { holder: seat.holder, risk: seat.risk, categories }));
}

export interface RuleLine {
  readonly rule: Rule;
  /** Name of who made it. */
  readonly by: string;
  /** Why it holds; undefined for who may not see the issue that taught it, because it tells that issue's cause. */
  readonly because: string | undefined;
  /** The issue that taught it, for who may see it. */
  readonly issue: string | undefined;
}

export interface RuleList {
  readonly zone: string;
  readonly rules: readonly RuleLine[];
  /** The seat that they speak to; all of the organisation's when absent. */
  readonly seat: Seat | undefined;
}

export async function loadRules(db: Db, org: string, seat?: Seat): Promise<RuleList> {
  const rules = seat === undefined ? await rulesThatHold(db, org) : await rulesFor(db, org, seat);
  const people = await peopleByIds(
    db,
    org,
    rules.map((r) => r.by),
  );
  const issues = await issuesByIds(
    db,
    org,
    rules.flatMap((r) => (r.issue === null ? [] : [r.issue])),
  );
  const lines = rules.map((rule) => {
    const issue = issues.get(rule.issue ?? '')?.ref;
    const because = rule.issue === null || issue !== undefined ? rule.why : undefined;
    return { rule, by: people.get(rule.by)?.name ?? 'somebody', because, issue };
  });
  return { zone: (await orgById(db, org))!.zone, rules: lines, seat };
}
