import { type SQL, and, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { type Instant, MINUTE } from '../src/clock.ts';
import type { Escalation } from './escalations.ts';
import type { Issue } from './issues.ts';
import type { Db } from './store.ts';

/** A step that is this late was forgotten: the scheduler looks every second. */
const FORGOTTEN = 15 * MINUTE;

export type ChainFault =
  /** Nobody is pinged about it, although its chain has not come to its end. */
  | 'stopped'
  /** It runs, and nothing comes next. */
  | 'no next step'
  /** Its next step is long over. */
  | 'late';

export interface BrokenChain {
  readonly issue: Issue;
  readonly escalation: Escalation | null;
  readonly fault: ChainFault;
}

/** Open and nobody has it, severity 3 or worse. */
const unanswered = (db: Db): SQL | undefined =>
  and(eq(db.t.issues.state, 'open'), inArray(db.t.issues.severity, [1, 2, 3]));

const going = (db: Db): SQL | undefined => inArray(db.t.escalations.state, ['running', 'watching']);

const forgotten = (db: Db, now: Instant): SQL | undefined =>
  and(going(db), or(isNull(db.t.escalations.nextAt), lt(db.t.escalations.nextAt, now - FORGOTTEN)));

/** No chain, one that ended before it began, or one that watches over what nobody has. */
const stopped = (db: Db): SQL | undefined =>
  and(
    unanswered(db),
    or(
      isNull(db.t.escalations.id),
      eq(db.t.escalations.state, 'watching'),
      and(eq(db.t.escalations.state, 'ended'), eq(db.t.escalations.repeats, 0)),
    ),
  );

const chains = (db: Db) =>
  db
    .select({ issue: db.t.issues, escalation: db.t.escalations })
    .from(db.t.issues)
    .leftJoin(
      db.t.escalations,
      and(eq(db.t.escalations.org, db.t.issues.org), eq(db.t.escalations.issue, db.t.issues.id)),
    );

const faultOf = ({ issue, escalation }: { issue: Issue; escalation: Escalation | null }): ChainFault => {
  if (escalation === null || escalation.state === 'ended') return 'stopped';
  if (escalation.state === 'watching' && issue.state === 'open') return 'stopped';
  return escalation.nextAt === null ? 'no next step' : 'late';
};

/** Issues of any organisation about which nobody would be pinged any more; `org` names one. */
export async function brokenChains(
  db: Db,
  now: Instant,
  limit: number,
  org?: string,
): Promise<readonly BrokenChain[]> {
  const within = org === undefined ? undefined : eq(db.t.issues.org, org);
  const late = await db
    .select({ issue: db.t.issues, escalation: db.t.escalations })
    .from(db.t.escalations)
    .innerJoin(
      db.t.issues,
      and(eq(db.t.issues.org, db.t.escalations.org), eq(db.t.issues.id, db.t.escalations.issue)),
    )
    .where(and(forgotten(db, now), within))
    .limit(limit);
  const still = await chains(db)
    .where(and(stopped(db), within))
    .limit(limit);
  const found = new Map([...late, ...still].map((row) => [`${row.issue.org}:${row.issue.id}`, row]));
  return [...found.values()].slice(0, limit).map((row) => ({ ...row, fault: faultOf(row) }));
}

/** What is wrong with the chain of one issue; undefined when nothing is. */
export async function brokenChain(
  db: Db,
  org: string,
  issue: string,
  now: Instant,
): Promise<BrokenChain | undefined> {
  const [row] = await chains(db).where(
    and(eq(db.t.issues.org, org), eq(db.t.issues.id, issue), or(stopped(db), forgotten(db, now))),
  );
  return row === undefined ? undefined : { ...row, fault: faultOf(row) };
}

/** The newest drill of a seat. */
export async function lastDrill(db: Db, org: string, seat: string): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.seat, seat), eq(issues.drill, true)))
    .orderBy(desc(issues.openedAt), desc(issues.id))
    .limit(1);
  return row;
}
