import { nextDigests } from '../../db/digests.ts';
import { pingsOf } from '../../db/escalations.ts';
import type { Db } from '../../db/store.ts';
import { idOf, pingGroup } from '../domain/escalation.ts';
import { nudgeWindow } from '../domain/nudge.ts';

/** What a person is asked at one time; also the key of the message that asks it. */
export const askedSubject = (person: string, from: number): string => `pings:${person}:${from}`;

/** What is asked in a channel at one time, by a step that names it; also the key of the message. */
export const channelSubject = (channel: string, from: number): string => `pings-in:${channel}:${from}`;

/** What ends in the governance channel at one time. */
export const governanceSubject = (from: number): string => `governance:${from}`;

/** The reminders of one person of the digests in one window. */
export const nudgeSubject = (person: string, window: number): string => `nudge:${person}:${window}`;

interface Awaited {
  /** Who owns what is awaited. */
  readonly owner: string | null;
  /** Where its seat reports. */
  readonly channel: string | null;
}

/** The reminders that may ask for what has now come: they show that it did. One query, one subject a person and digest. */
export async function reminderSubjects(tx: Db, org: string, came: readonly Awaited[]): Promise<string[]> {
  const channels = new Set(came.flatMap(({ owner, channel }) => (owner === null ? [] : (channel ?? []))));
  const next = await nextDigests(tx, org, [...channels]);
  const subjects = new Set<string>();
  for (const { owner, channel } of came) {
    const at = channel === null ? undefined : next.get(channel);
    if (owner !== null && at !== undefined) subjects.add(nudgeSubject(owner, nudgeWindow(at)));
  }
  return [...subjects];
}

/** Every subject whose messages show this issue: its own, what its people were asked, and where its chain ended. */
export async function issueSubjects(tx: Db, org: string, issue: string): Promise<string[]> {
  const pings = await pingsOf(tx, org, issue);
  const elsewhere = pings.flatMap(({ person, target, notBefore }) => {
    const group = pingGroup(notBefore);
    if (person !== null) return [askedSubject(person, group)];
    if (target === 'governance channel') return [governanceSubject(group)];
    const channel = idOf(target, 'channel');
    return channel === undefined ? [] : [channelSubject(channel, group)];
  });
  return [`issue:${issue}`, ...new Set(elsewhere)];
}
