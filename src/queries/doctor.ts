import { entriesAbout } from '../../db/audit.ts';
import { brokenChains } from '../../db/escalation-audit.ts';
import { troubledMessages } from '../../db/messages.ts';
import { orgById } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { countFailedFollowUps } from '../../db/work.ts';
import { DAY, type Instant } from '../clock.ts';
import { installationCheck, keysCheck } from './doctor-keys.ts';
import type { App } from '../context.ts';
import { mendedSubject } from '../domain/escalation.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { AskedChannel, PlatformReport } from '../domain/platform-report.ts';
import {
  backupCheck,
  clockCheck,
  databaseCheck,
  headsCheck,
  jobsCheck,
  ownersCheck,
  primaryCheck,
  queueCheck,
  schedulerCheck,
} from './doctor-checks.ts';
import { platformChecks } from './doctor-platforms.ts';

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly says: string;
  /** What to do about it. */
  readonly do?: string;
}

/** One recurring duty, as this process knows it. */
export interface JobHealth {
  readonly name: string;
  readonly lastRun?: Instant;
  /** Whether its last run failed. */
  readonly failed?: boolean;
  readonly next?: Instant;
  /** Occurrences that are due at this moment. */
  readonly due: number;
}

/** What only the process knows. */
export interface Vitals {
  readonly platforms: readonly string[];
  readonly publicUrl: string | undefined;
  readonly lastTick: number | undefined;
  readonly longestSilence: number;
  /** What the environment of the process says, without secrets. */
  readonly outside?: readonly { readonly variable: string; readonly says: string }[];
  readonly jobs?: () => Promise<readonly JobHealth[]>;
  /** Asks a platform about a tenant and the channels in use there; undefined when it cannot be asked. */
  readonly examine?: (
    platform: PlatformKind,
    tenant: string,
    channels: readonly AskedChannel[],
  ) => Promise<PlatformReport> | undefined;
  /** Why a tenant was not asked, and what to do about it; undefined where that goes without saying. */
  readonly unasked?: (platform: PlatformKind, tenant: string) => Pick<Check, 'says' | 'do'> | undefined;
}

/** Everything that can be checked from inside, and what the platforms say, each with what to do. */
export async function examine(app: App, org: string, vitals: Vitals): Promise<Check[]> {
  const db = app.store.read;
  const now = app.clock.now();
  const [found, admins, troubled, failed, jobs, asked, database] = await Promise.all([
    orgById(db, org),
    peopleWithRole(db, org, 'admin'),
    troubledMessages(db, org, 20),
    countFailedFollowUps(db, org),
    vitals.jobs?.(),
    platformChecks(app, org, vitals),
    app.store.inspect(false),
  ]);
  const parked = troubled.filter((m) => m.state !== 'live');
  const repeated = troubled.filter((m) => m.mayRepeat);
  const waiting = troubled.filter((m) => m.state === 'live' && m.reason !== null);
  const clocks = [
    ...(database.now === undefined ? [] : [{ whose: 'the database', at: database.now }]),
    ...asked.clocks,
  ];
  return [
    databaseCheck(database),
    backupCheck(found!, app.store.engine, now),
    clockCheck(app.wall.now(), clocks),
    ...asked.checks,
    await installationCheck(app, org),
    await keysCheck(app, org),
    schedulerCheck(vitals, app.wall.now()),
    jobsCheck(jobs, found!.zone),
    await queueCheck(app, org),
    await escalationCheck(app, org),
    {
      name: 'admins',
      ...(admins.length === 0
        ? {
            state: 'warning',
            says: 'nobody yet.',
            do: 'Redeem the code that was printed at the first start: admin claim CODE',
          }
        : { state: 'ok', says: admins.map((a) => a.name).join(', ') }),
    },
    {
      name: 'governance channel',
      ...((found?.governanceChannel ?? null) === null
        ? {
            state: 'warning',
            says: 'none; escalations end in the seat’s own channel.',
            do: 'Use “admin governance” in the channel.',
          }
        : { state: 'ok', says: 'set' }),
    },
    {
      name: 'pictures',
      ...(vitals.publicUrl === undefined
        ? {
            state: 'warning',
            says: 'PUBLIC_URL is not set: Slack gets uploads, Teams gets tables instead of pictures.',
          }
        : { state: 'ok', says: 'served from PUBLIC_URL' }),
    },
    {
      name: 'messages',
      ...(parked.length + repeated.length + waiting.length === 0
        ? { state: 'ok', says: 'all delivered' }
        : {
            state: parked.length > 0 ? 'fault' : 'warning',
            says: `${parked.length} parked or held, ${waiting.length} being tried again, ${repeated.length} that may repeat. ${parked[0]?.reason ?? waiting[0]?.reason ?? ''}`,
            do: '“doctor messages” lists them, with buttons to try again or to give up.',
          }),
    },
    {
      name: 'follow-ups',
      ...(failed === 0
        ? { state: 'ok', says: 'none failed' }
        : { state: 'fault', says: `${failed} failed for good.`, do: 'The log says why.' }),
    },
    await ownersCheck(app, org),
    await primaryCheck(app, org, vitals),
    await headsCheck(app, found!),
  ];
}

/** Whether somebody is asked about everything that nobody has; what was mended is told for a week. */
async function escalationCheck(app: App, org: string): Promise<Check> {
  const db = app.store.read;
  const now = app.clock.now();
  const broken = await brokenChains(db, now, 20, org);
  const today = Math.floor(now / DAY);
  const days = Array.from({ length: 7 }, (_, i) => mendedSubject(today - i));
  const mended = (await Promise.all(days.map((day) => entriesAbout(db, org, day, 100)))).flat();
  const name = 'escalations';
  if (broken.length > 0) {
    const refs = broken.slice(0, 5).map(({ issue }) => issue.ref);
    const says = `${broken.length} had stopped although nobody has answered: ${refs.join(', ')}.`;
    return { name, state: 'fault', says, do: 'They are mended within five minutes; the log says more.' };
  }
  if (mended.length > 0) {
    const says = `all go on; ${mended.length} had stopped within a week and were mended.`;
    return { name, state: 'warning', says, do: 'The log says more. Please report it.' };
  }
  return { name, state: 'ok', says: 'somebody is asked about all that is open' };
}
