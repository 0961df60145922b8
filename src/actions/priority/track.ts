import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { type Priority, type Track, issueOfPriority, latestTracks } from '../../../db/priorities.ts';
import { seatById } from '../../../db/seats.ts';
import { periodOf } from '../../domain/period.ts';
import { conflict } from '../../errors.ts';
import { clip } from '../../text.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { optionalText } from '../inputs.ts';
import { addSignal, openIssue } from '../issue/open-issue.ts';
import { issueSubjects, reminderSubjects } from '../subjects.ts';
import { needPriority, ownerOfPriority } from './find.ts';

const input = z.object({
  /** `CLAIMS-P1`. */
  priority: z.string({ error: 'Which priority? Give its name, like CLAIMS-P1.' }),
  on: z.boolean(),
  note: optionalText('the note', 1000),
});
type Input = z.output<typeof input>;

/** Ref of the issue that stands open about it, if there is one. */
type Tracked = { ref: string; on: boolean; week: string; issue: string | null };

/**
 * The week's word on a priority. Off track opens an issue, or joins the open one as evidence; back on track is told there
 * too, and whoever has the issue solves it. The last word of a week counts.
 */
export const trackPriority = defineAction({
  name: 'priority.track',
  input,
  allow: ownerOfPriority,
  async run(s): Promise<Effects<Tracked>> {
    const { tx, org, now, input, person } = s;
    const priority = await needPriority(tx, org, input.priority);
    if (priority.state !== 'open') {
      throw conflict(`${priority.ref} is ${priority.state}: nothing is on or off track any more.`, {
        hint: `priority list`,
      });
    }
    const week = periodOf('weekly', now, (await orgById(tx, org))!.zone).key;
    const before = (await latestTracks(tx, org, [priority.id])).get(priority.id);
    const { on, note } = input;
    await tx
      .insert(tx.t.tracks)
      .values({ org, priority: priority.id, week, on, at: now, by: person!.id, note: note ?? null })
      .onConflictDoUpdate({
        target: [tx.t.tracks.org, tx.t.tracks.priority, tx.t.tracks.week],
        set: { on, at: now, by: person!.id, note: note ?? null },
      })
      .returning({ week: tx.t.tracks.week });
    const told = await tellIssue(s, priority, week, before);
    const { owner } = priority;
    const channel = (await seatById(tx, org, priority.seat))?.channel ?? null;
    const reminders = await reminderSubjects(tx, org, [{ owner, channel }]);
    return {
      ...told,
      changed: [...(told.changed ?? []), ...reminders],
      result: { ref: priority.ref, on, week, issue: told.issue ?? null },
      audit: {
        subject: `seat:${priority.seat}`,
        facts: { priority: priority.id, ref: priority.ref, week, on, issue: told.issue ?? null },
        ...(note === undefined ? {} : { text: { note } }),
      },
    };
  },
});

type Told = Pick<Effects<unknown>, 'shows' | 'changed' | 'followUps'> & { readonly issue?: string };

async function tellIssue(
  { tx, org, now, input, person }: Scope<Input>,
  priority: Priority,
  week: string,
  before: Track | undefined,
): Promise<Told> {
  const { on, note } = input;
  const open = await issueOfPriority(tx, org, priority.id);
  const why = note === undefined ? '' : `: ${note}`;
  const sentence = `${person!.name} says that ${priority.ref} is ${on ? 'back on' : 'off'} track in ${week}${why}`;
  const signal = { kind: 'off track' as const, sentence: clip(sentence, 1000), period: week };
  if (open !== undefined) {
    // Pressing the same button twice is no new evidence.
    const repeated = before?.week === week && before.on === on && note === undefined;
    if (repeated) return { issue: open.ref };
    await addSignal(tx, { org, issue: open.id, now, ...signal });
    return { issue: open.ref, changed: await issueSubjects(tx, org, open.id) };
  }
  if (on) return {};
  const opened = await openIssue(tx, {
    org,
    now,
    seat: (await seatById(tx, org, priority.seat))!,
    metric: null,
    priority: priority.id,
    kind: 'risk',
    severity: 3,
    title: clip(`${priority.ref} is off track: ${priority.title}`, 200),
    openedBy: person!.id,
    signal,
  });
  return {
    issue: opened.result.ref,
    ...(opened.shows === undefined ? {} : { shows: opened.shows }),
    ...(opened.changed === undefined ? {} : { changed: opened.changed }),
    ...(opened.followUps === undefined ? {} : { followUps: opened.followUps }),
  };
}
