import { lastExport } from '../../db/audit-exports.ts';
import { ownersOutOfReach, reachedElsewhere, seatsWithoutOwners, waitingIn } from '../../db/doctor.ts';
import type { Org } from '../../db/orgs.ts';
import type { StoreFacts } from '../../db/store.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../clock.ts';
import type { App } from '../context.ts';
import { platformName } from '../domain/person.ts';
import { formatDuration } from '../domain/duration.ts';
import type { Check, JobHealth, Vitals } from './doctor.ts';

const MEGABYTE = 1024 * 1024;
const megabytes = (bytes: number): string =>
  bytes >= 1024 * MEGABYTE
    ? `${(bytes / 1024 / MEGABYTE).toFixed(1)} GB`
    : `${Math.ceil(bytes / MEGABYTE)} MB`;

/** A log that is this large was not taken in for a while: a reader holds it open. */
const LARGE_WAL = 256 * MEGABYTE;
const LITTLE_SPACE = 512 * MEGABYTE;

export function databaseCheck(facts: StoreFacts): Check {
  const name = 'database';
  const { engine, applied, known, bytes, walBytes = 0, freeBytes, checked, faults } = facts;
  const size = `${engine}, ${applied === known ? 'migrated' : `${applied} of ${known} migrations`}, ${megabytes(bytes)}`;
  if (faults.length > 0)
    return {
      name,
      state: 'fault',
      says: `${size}; damaged: ${faults[0]?.slice(0, 120)}.`,
      do: 'Stop Coxswain and restore the last backup.',
    };
  if (applied !== known)
    return {
      name,
      state: 'fault',
      says: `${size}.`,
      do: 'Run “coxswain migrate” of the version that runs here.',
    };
  if (freeBytes !== undefined && freeBytes < Math.max(LITTLE_SPACE, bytes))
    return {
      name,
      state: 'warning',
      says: `${size}; ${megabytes(freeBytes)} are free on its disk.`,
      do: 'Make room: when the disk is full, nothing can be changed.',
    };
  if (walBytes > LARGE_WAL)
    return {
      name,
      state: 'warning',
      says: `${size}, and ${megabytes(walBytes)} in its write-ahead log.`,
      do: 'Something reads for very long. Restarting Coxswain takes the log in.',
    };
  return { name, state: 'ok', says: `${size}${checked ? ', pages checked' : ''}` };
}

export function backupCheck(
  { backedUpAt, createdAt }: Org,
  engine: App['store']['engine'],
  now: Instant,
): Check {
  const name = 'backup';
  const to = 'Run “coxswain backup <file>” every night; docs/administer.md tells how.';
  if (backedUpAt === null) {
    const young = now - createdAt < 2 * DAY;
    const says = 'none was made with coxswain backup';
    return engine === 'postgres' || young
      ? { name, state: 'ok', says: young ? `${says} yet` : `${says}; with PostgreSQL there may be others` }
      : { name, state: 'warning', says: `${says} yet.`, do: to };
  }
  const age = formatDuration(Math.max(0, now - backedUpAt));
  return now - backedUpAt > 8 * DAY
    ? { name, state: 'warning', says: `the last one is ${age} old.`, do: to }
    : { name, state: 'ok', says: `the last one is ${age} old` };
}

/** Signatures and tokens are good for five minutes. */
const OFF = 30 * SECOND;
const FAR_OFF = 4 * MINUTE;

/** `others` are clocks that were read just now, by whose they are. */
export function clockCheck(
  now: Instant,
  others: readonly { readonly whose: string; readonly at: Instant }[],
): Check {
  const name = 'clock';
  const [worst] = others.toSorted((a, b) => Math.abs(b.at - now) - Math.abs(a.at - now));
  if (worst === undefined) return { name, state: 'ok', says: 'there is no other clock to compare with' };
  const off = Math.abs(worst.at - now);
  if (off <= OFF)
    return { name, state: 'ok', says: `agrees with that of ${others.map((o) => o.whose).join(' and ')}` };
  return {
    name,
    state: off > FAR_OFF ? 'fault' : 'warning',
    says: `${formatDuration(off)} ${worst.at > now ? 'behind' : 'ahead of'} that of ${worst.whose}.`,
    do: 'Set the clock of this machine by NTP: signatures are refused when it is five minutes off.',
  };
}

/** A duty looks every second; what is due for longer fails, or nobody runs it. */
export function jobsCheck(jobs: readonly JobHealth[] | undefined, zone: string): Check {
  const name = 'duties';
  if (jobs === undefined) return { name, state: 'ok', says: 'only the running process knows' };
  const failed = jobs.filter((job) => job.failed === true);
  const late = jobs.filter((job) => job.due > 0 && job.failed !== true);
  const when = (at: Instant | undefined) =>
    at === undefined
      ? '–'
      : new Date(at).toLocaleString('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const told = jobs.map((job) => `${job.name}: last ${when(job.lastRun)}, next ${when(job.next)}`).join('; ');
  if (failed.length > 0)
    return {
      name,
      state: 'fault',
      says: `${failed.map((job) => job.name).join(', ')} failed last time. ${told}.`,
      do: 'It is tried again every half minute; the log says why it failed.',
    };
  if (late.length > 0)
    return {
      name,
      state: 'warning',
      says: `${late.map((job) => `${job.due} of ${job.name}`).join(', ')} due now. ${told}.`,
      do: 'Call the doctor again: it should be done within seconds.',
    };
  return { name, state: 'ok', says: told };
}

const LATE = 5 * MINUTE;

export async function queueCheck(app: App, org: string): Promise<Check> {
  const now = app.clock.now();
  const { followUps, messages } = await waitingIn(app.store.read, org, now);
  const name = 'queue';
  const said = (what: string, { n, since }: { n: number; since: Instant | null }) =>
    n === 0
      ? `no ${what}`
      : `${n} ${what}, the oldest for ${formatDuration(Math.max(0, now - (since ?? now)))}`;
  const says = `${said('follow-ups', followUps)}; ${said('messages', messages)} waiting`;
  const late = [followUps, messages].some(({ since }) => since !== null && now - since > LATE);
  return late
    ? {
        name,
        state: 'warning',
        says: `${says}.`,
        do: 'If it does not shrink, see scheduler and messages here, and the log.',
      }
    : { name, state: 'ok', says };
}

/** Examples of a list that may be long. */
const SHOWN = 5;
const some = (words: readonly string[]): string =>
  `${words.slice(0, SHOWN).join(', ')}${words.length > SHOWN ? ' and more' : ''}`;

export async function ownersCheck(app: App, org: string): Promise<Check> {
  const name = 'owners';
  const lost = await ownersOutOfReach(app.store.read, org, SHOWN + 1);
  if (lost.length > 0) {
    const who = lost.map(
      (o) => `${o.role} of ${o.seat} (${o.name}, ${o.active ? 'no account here' : 'not active'})`,
    );
    return {
      name,
      state: 'fault',
      says: `cannot be asked: ${some(who)}.`,
      do: 'Name somebody else: seat own <seat> <role> @person.',
    };
  }
  const vacant = await seatsWithoutOwners(app.store.read, org, SHOWN + 1);
  return vacant.length === 0
    ? { name, state: 'ok', says: 'everybody named can be asked; no seat lacks one of its four owners' }
    : {
        name,
        state: 'warning',
        says: `one of the four owners is vacant or has not accepted: ${some(vacant.map((s) => s.key))}.`,
        do: 'seat show <seat> says which; name them with seat own.',
      };
}

/** Whom direct messages reach elsewhere than they chose. Of the command line it is not known what is connected. */
export async function primaryCheck(
  app: App,
  org: string,
  { platforms }: Pick<Vitals, 'platforms'>,
): Promise<Check> {
  const name = 'direct messages';
  const connected = platforms.length === 0 ? undefined : platforms;
  const elsewhere = await reachedElsewhere(app.store.read, org, connected, SHOWN + 1);
  if (elsewhere.length === 0)
    return { name, state: 'ok', says: 'reach everybody who can be reached on their primary platform' };
  const who = elsewhere.map(
    (one) => `${one.name} (by ${platformName(one.by)} instead of ${platformName(one.primary)})`,
  );
  return {
    name,
    state: 'warning',
    says: `do not reach on their primary platform: ${some(who)}.`,
    do: 'They have no account there that works, or it is not connected. Who wants another one types “me primary”.',
  };
}

export async function headsCheck(app: App, org: Org): Promise<Check> {
  const name = 'audit heads';
  const last = await lastExport(app.store.read, org.id);
  const places = [
    ...(org.headsChannel === null ? [] : ['a channel']),
    ...(app.heads === undefined ? [] : ['a file']),
  ];
  const key = `signed by key ${app.keys.signer.id}`;
  if (places.length === 0)
    return {
      name,
      state: 'warning',
      says: `go nowhere, ${key}.`,
      do: 'Type “settings heads here” in a channel, or set COXSWAIN_HEADS_FILE.',
    };
  if (last === undefined)
    return { name, state: 'ok', says: `none yet; the first goes tonight to ${places.join(' and ')}` };
  const age = app.clock.now() - last.at;
  const unfiled = app.heads !== undefined && last.filedAt === null;
  const says = `entry ${last.seq} ${formatDuration(Math.max(0, age))} ago to ${places.join(' and ')}, ${key}`;
  if (unfiled)
    return {
      name,
      state: 'fault',
      says: `${says}; the file could not be written.`,
      do: 'Give Coxswain the right to write to COXSWAIN_HEADS_FILE.',
    };
  return age > 36 * HOUR
    ? {
        name,
        state: 'warning',
        says: `${says}.`,
        do: '“audit export” does it now; the night’s duty should have.',
      }
    : { name, state: 'ok', says };
}

export function schedulerCheck(
  { lastTick, longestSilence }: Pick<Vitals, 'lastTick' | 'longestSilence'>,
  wallNow: Instant,
): Check {
  if (lastTick === undefined) return { name: 'scheduler', state: 'warning', says: 'has not run yet' };
  const silence = wallNow - lastTick;
  const gap =
    longestSilence > LATE
      ? ` The longest silence since the start was ${formatDuration(longestSilence)}.`
      : '';
  if (silence > LATE) {
    return {
      name: 'scheduler',
      state: 'fault',
      says: `has not run for ${formatDuration(silence)}.`,
      do: 'Restart Coxswain; what was due is done then.',
    };
  }
  return { name: 'scheduler', state: gap === '' ? 'ok' : 'warning', says: `runs every second.${gap}` };
}
