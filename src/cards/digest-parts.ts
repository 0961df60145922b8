import { latest } from '../domain/scorecard.ts';
import type { DigestRow, DigestView } from '../queries/digest.ts';
import { type Element, list, note, paragraph } from '../ui/card.ts';
import { type Inline, type Text, bold, code, person, status } from '../ui/text.ts';
import { issueLine } from './issue.ts';
import { short, value } from './say.ts';

/** One part of the digest: what stands in the post, and what its thread has beyond that. */
export interface Part {
  readonly main: readonly Element[];
  readonly more: readonly Element[];
}

/** How much the post names one by one, and how much more its thread does; the rest is counted, with its command. */
const MOST = { rows: 8, people: 8, numbers: 5, issues: 6, changes: 5 } as const;
const MORE = { rows: 12, people: 8, numbers: 10, issues: 10, changes: 10 } as const;

export const heading = (text: string): Element => paragraph(bold(text));

/** `and 412 more numbers: scorecard channel` */
export const rest = (hidden: number, what: string, command: string): Element[] =>
  hidden > 0 ? [note(`and ${hidden} more ${what}: `, code(command))] : [];

const rowLine = ({ seat, row, status: now, was }: DigestRow): Text => [
  status(now),
  ' ',
  bold(short(row.metric.name)),
  ` of ${short(seat.name)}: ${value(latest(row.cells), row.metric.unit)} (target ${row.target})`,
  ...(was === undefined ? [] : [`, was ${was}`]),
];

export function attention({ rows }: DigestView): Part {
  const worst = rows.filter((r) => r.status === 'red' || r.status === 'yellow');
  if (worst.length === 0) return { main: [], more: [] };
  const shown = worst.slice(0, MOST.rows);
  const further = worst.slice(MOST.rows, MOST.rows + MORE.rows);
  const hidden = worst.length - MOST.rows;
  return {
    main: [
      heading('Worst first'),
      list(shown.map(rowLine)),
      ...(hidden > 0 ? [note(`and ${hidden} more that miss their target, in the thread`)] : []),
    ],
    more:
      further.length === 0
        ? []
        : [
            heading('More that miss their target'),
            list(further.map(rowLine)),
            ...rest(hidden - MORE.rows, 'numbers that miss their target', 'scorecard channel'),
          ],
  };
}

/** What changed since the week before, by what it became. */
export function changes({ rows }: DigestView): Part {
  const changed = rows.filter((r) => r.was !== undefined);
  const lines = (from: number, most: number): Text[] =>
    (['red', 'missing', 'yellow', 'green'] as const).flatMap((word): Text[] => {
      const these = changed.filter((r) => r.status === word);
      const named = these.slice(from, from + most).map((r) => `${r.seat.key} ${r.row.metric.key}`);
      const left = these.length - from - named.length;
      if (named.length === 0) return [];
      const since = word === 'green' ? 'again' : 'now';
      return [[status(word), ` ${since}: ${named.join(', ')}${left > 0 ? ` and ${left} more` : ''}`]];
    });
  const [shown, further] = [lines(0, MOST.changes), lines(MOST.changes, MORE.changes)];
  return {
    main: shown.length === 0 ? [] : [heading('Since last week'), list(shown)],
    more: further.length === 0 ? [] : [heading('More that changed'), list(further)],
  };
}

/** Missing numbers by whose they are. The post names people; its thread does so without pinging them again. */
export function missing({ rows }: DigestView): Part {
  const absent = rows.filter((r) => r.status === 'missing');
  if (absent.length === 0) return { main: [], more: [] };
  const byOwner = [...Map.groupBy(absent, (r) => r.row.metric.owner ?? '')];
  const line = ([owner, theirs]: (typeof byOwner)[number], ping: boolean, most: number): Text => {
    const name = short(theirs[0]!.row.ownerName ?? 'somebody');
    const who: Inline = owner === '' ? 'nobody' : ping ? person(owner, name) : name;
    const names = theirs.slice(0, most).map((r) => `${r.seat.key} ${r.row.metric.key}`);
    const left = theirs.length - names.length;
    return [who, `: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`];
  };
  const hidden = byOwner.length - MOST.people;
  const further = byOwner.filter(([, theirs], i) => i >= MOST.people || theirs.length > MOST.numbers);
  return {
    main: [
      heading('Missing numbers'),
      list(byOwner.slice(0, MOST.people).map((one) => line(one, true, MOST.numbers))),
      ...(hidden > 0 ? [note(`and ${hidden} more people, in the thread`)] : []),
    ],
    more:
      further.length === 0
        ? []
        : [
            heading('More missing numbers'),
            list(further.slice(0, MORE.people).map((one) => line(one, false, MORE.numbers))),
            ...rest(further.length - MORE.people, 'people', 'scorecard channel'),
          ],
  };
}

/** Open issues, the oldest first. */
export function issues({ issues: lines, at }: DigestView): Part {
  if (lines.length === 0) return { main: [paragraph(bold('Open issues'), ': none')], more: [] };
  const overdue = lines.filter((line) => line.overdue !== undefined).length;
  const told = overdue === 0 ? `${lines.length}` : `${lines.length}, ${overdue} overdue`;
  const further = lines.slice(MOST.issues, MOST.issues + MORE.issues);
  const hidden = lines.length - MOST.issues;
  return {
    main: [
      heading(`Open issues (${told}), oldest first`),
      list(lines.slice(0, MOST.issues).map((line) => issueLine(line, at))),
      ...(hidden > 0 ? [note(`and ${hidden} more, in the thread`)] : []),
    ],
    more:
      further.length === 0
        ? []
        : [
            heading('More open issues'),
            list(further.map((line) => issueLine(line, at))),
            ...rest(hidden - MORE.issues, 'issues', 'issue list'),
          ],
  };
}
