import { SCORECARD_WEEKS } from '../domain/scorecard.ts';
import { formatSchedule } from '../domain/schedule.ts';
import type { StatusWord } from '../domain/metric.ts';
import type { DigestLine, DigestView } from '../queries/digest.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  list,
  note,
  paragraph,
} from '../ui/card.ts';
import { type Text, bold, code, datetime } from '../ui/text.ts';
import { type Part, attention, changes, heading, issues, missing, rest } from './digest-parts.ts';
import { reportButton } from './issue.ts';
import { readinessPart } from './digest-readiness.ts';
import { askWords, priorityLine } from './priority.ts';
import { short } from './say.ts';
import { PICTURE_ROWS, scorecardPicture } from './scorecard-picture.ts';

const MOST_PRIORITIES = 5;
const MORE_PRIORITIES = 8;
const MOST_ASKED = 6;
const MOST_NAMED = 8;

const WORDS: readonly StatusWord[] = ['red', 'yellow', 'green', 'missing'];

/** `3 red, 1 yellow, 12 green, 2 missing in 8 seats` */
const summaryOf = (d: DigestView): string => {
  const parts = WORDS.filter((w) => d.counts[w] > 0).map((w) => `${d.counts[w]} ${w}`);
  if (d.paused.length > 0) parts.push(`${d.paused.length} paused`);
  return `${parts.length === 0 ? 'No numbers yet' : parts.join(', ')} in ${d.seats} ${d.seats === 1 ? 'seat' : 'seats'}`;
};

/** What is off track or overdue; in the thread the rest, and who can say the week's word by button. */
function priorities(d: DigestView): Part {
  const bad = d.priorities.filter((p) => p.overdue || p.word?.on === false);
  const asked = d.priorities.filter((p) => p.word === undefined || p.word.stale);
  const lines = (from: number, most: number): Text[] => bad.slice(from, from + most).map(priorityLine);
  const further = lines(MOST_PRIORITIES, MORE_PRIORITIES);
  const hidden = bad.length - MOST_PRIORITIES;
  return {
    main:
      bad.length === 0
        ? []
        : [
            heading(`Priorities off track or overdue (${bad.length} of ${d.priorities.length})`),
            list(lines(0, MOST_PRIORITIES)),
            ...(hidden > 0 ? [note(`and ${hidden} more, in the thread`)] : []),
          ],
    more: [
      ...(further.length === 0
        ? []
        : [
            heading('More priorities off track or overdue'),
            list(further),
            ...rest(hidden - MORE_PRIORITIES, 'priorities', 'priority list'),
          ]),
      ...(asked.length === 0
        ? []
        : [
            heading('On or off track? Their owners say'),
            ...askWords(
              asked.map((p) => ({
                ref: p.priority.ref,
                title: p.priority.title,
                where: `${short(p.seat.name)}, ${short(p.ownerName)}`,
              })),
              MOST_ASKED,
            ),
          ]),
    ],
  };
}

/** The weekly post of a channel. */
export function digestCard(d: DigestView, late: boolean): Card {
  const title = `Weekly scorecard, ${d.week.key}`;
  if (d.seats === 0) {
    return card(title, [
      paragraph(
        'No seat reports in this channel yet. A seat reports here when it is added here: ',
        code('seat add'),
      ),
    ]);
  }
  const parts = [missing(d), issues(d), priorities(d), readinessPart(d)];
  const only = d.seats === 1 ? d.rows[0]?.seat.key : undefined;
  const report = only === undefined ? formButton('Report drift', 'issue.report', {}) : reportButton(only);
  return card(
    title,
    [
      paragraph(bold(summaryOf(d)), '.'),
      ...(late ? [note('This digest is late: Coxswain was not running when it was due.')] : []),
      ...attention(d).main,
      ...changes(d).main,
      ...pictureOf(d, title),
      ...parts.flatMap((part) => part.main),
      ...pausedNote(d),
      buttons(
        commandButton('Log numbers', 'log'),
        commandButton('Full scorecard', 'scorecard channel'),
        report,
      ),
    ],
    { fallback: `${title}: ${summaryOf(d)}`, rest: 'scorecard channel' },
  );
}

/** Paused numbers have no status: they are named, so that nobody takes them for good ones. */
function pausedNote({ paused }: DigestView): Element[] {
  if (paused.length === 0) return [];
  const more = paused.length - MOST_NAMED;
  return [note(`Paused: ${paused.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`)];
}

function pictureOf(d: DigestView, title: string): Element[] {
  if (d.rows.length === 0) return [];
  const rows = d.rows.slice(0, PICTURE_ROWS);
  const pictured = {
    weeks: d.weeks.slice(-SCORECARD_WEEKS),
    rows,
    title,
    named: d.seats > 1,
    more: d.rows.length - rows.length,
  };
  return [scorecardPicture(pictured, d.at, 'scorecard channel')];
}

/** What the post could not hold, in its thread; undefined when there is nothing more to say. */
export function digestDetailsCard(d: DigestView): Card | undefined {
  const parts = [attention(d), changes(d), missing(d), issues(d), priorities(d), readinessPart(d)];
  const more = parts.flatMap((part) => part.more);
  return more.length === 0 ? undefined : card(`Details, ${d.week.key}`, more, { rest: 'scorecard channel' });
}

/** `digest list`. */
export function digestListCard(lines: readonly DigestLine[]): Card {
  if (lines.length === 0) {
    return card('No weekly digest is set', [
      paragraph('In the channel where it shall be posted type ', code('digest here mon 09:00')),
    ]);
  }
  const items = lines
    .slice(0, 50)
    .map(({ channel, rule, zone, nextAt, reachable, last }): Text => [
      bold(`#${channel}`),
      ` ${formatSchedule(rule, zone)} · `,
      ...(nextAt === undefined ? ['paused'] : ['next ', datetime(nextAt, zone)]),
      ...(last === undefined
        ? [' · none posted yet']
        : [` · last one ${last.outcome}, `, datetime(last.at, zone)]),
      ...(reachable ? [] : [' · ', bold('Coxswain was removed from this channel')]),
    ]);
  return card('Weekly digests', [
    list(items),
    ...(lines.length > items.length ? [note(`and ${lines.length - items.length} more`)] : []),
  ]);
}
