import { entriesAbout } from '../../db/audit.ts';
import { brokenChains } from '../../db/escalation-audit.ts';
import { troubledMessages } from '../../db/messages.ts';
import { installationsOf, orgById } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { countFailedFollowUps } from '../../db/work.ts';
import { DAY } from '../clock.ts';
import { installationCheck, keysCheck } from './doctor-keys.ts';
import type { App } from '../context.ts';
import { mendedSubject } from '../domain/escalation.ts';
import { formatDuration } from '../domain/duration.ts';

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly says: string;
  /** What to do about it. */
  readonly do?: string;
}

/** What only the process knows. */
export interface Vitals {
  readonly platforms: readonly string[];
  readonly publicUrl: string | undefined;
  readonly lastTick: number | undefined;
  readonly longestSilence: number;
}

/** Everything that can be checked from inside, each with what to do. */
export async function examine(app: App, org: string, vitals: Vitals): Promise<Check[]> {
  const db = app.store.read;
  const [found, admins, installations, troubled, failed] = await Promise.all([
    orgById(db, org),
    peopleWithRole(db, org, 'admin'),
    installationsOf(db, org),
    troubledMessages(db, org, 20),
    countFailedFollowUps(db, org),
  ]);
  const silence = vitals.lastTick === undefined ? undefined : app.wall.now() - vitals.lastTick;
  const parked = troubled.filter((m) => m.state !== 'live');
  const repeated = troubled.filter((m) => m.mayRepeat);
  const waiting = troubled.filter((m) => m.state === 'live' && m.reason !== null);
  return [
    { name: 'database', state: 'ok', says: `${app.store.engine}, migrated` },
    {
      name: 'platforms',
      state: vitals.platforms.length === 0 ? 'warning' : 'ok',
      says:
        vitals.platforms.length === 0
          ? 'none connected'
          : `${vitals.platforms.join(', ')} (${installations.length} installed)`,
    },
    await installationCheck(app, org),
    await keysCheck(app, org),
    schedulerCheck(silence, vitals.longestSilence),
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
            do: 'Invite Coxswain to the channel, or connect the person’s account.',
          }),
    },
    {
      name: 'follow-ups',
      ...(failed === 0
        ? { state: 'ok', says: 'none failed' }
        : { state: 'fault', says: `${failed} failed for good.`, do: 'The log says why.' }),
    },
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

function schedulerCheck(silence: number | undefined, longest: number): Check {
  if (silence === undefined) return { name: 'scheduler', state: 'warning', says: 'has not run yet' };
  const gap = longest > 300_000 ? ` The longest silence since the start was ${formatDuration(longest)}.` : '';
  if (silence > 300_000) {
    return {
      name: 'scheduler',
      state: 'fault',
      says: `has not run for ${formatDuration(silence)}.`,
      do: 'Restart Coxswain; what was due is done then.',
    };
  }
  return { name: 'scheduler', state: gap === '' ? 'ok' : 'warning', says: `runs every second.${gap}` };
}
