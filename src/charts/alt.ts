import { latest, latestText, targetWithUnit } from './latest.ts';
import type { CellStatus } from './palette.ts';
import { type ScorecardPicture, type ScorecardRow, cellsOf, lastWeeks } from './scorecard-data.ts';
import { DRAWN_SEATS } from '../domain/org-chart.ts';
import type { OrgChartPicture, OrgChartSeat } from './org-chart.ts';
import { DOES_NOT_APPLY, type ReadinessPicture, drawnPoints, markWord, unchangedSince } from './readiness.ts';
import { oneLine } from './words.ts';

/** Slack refuses a longer `alt_text` (Block Kit, image block). */
const LONGEST = 2000;
const LONGEST_NAME = 80;

const short = (text: string, most = LONGEST_NAME): string => {
  const line = oneLine(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`.replace(/\p{Surrogate}/gu, '');
};

/** `9 green, 1 missing, 2 red`: equal neighbours are counted, oldest first. */
function history(statuses: readonly CellStatus[]): string {
  const runs: { status: CellStatus; weeks: number }[] = [];
  for (const status of statuses) {
    const last = runs.at(-1);
    if (last?.status === status) last.weeks += 1;
    else runs.push({ status, weeks: 1 });
  }
  return runs.map(({ status, weeks }) => `${weeks} ${status === 'none' ? 'not due' : status}`).join(', ');
}

function rowText(row: ScorecardRow, weeks: readonly string[], full: boolean): string {
  const last = latest(row, weeks);
  const target = short(targetWithUnit(row), 40);
  const name = [row.seat, row.metric].flatMap((part) => (part ? [short(part)] : [])).join(', ');
  const value = last.number === '–' ? last.note : `${latestText(last)}, ${last.note}`;
  const extras = [
    target === '' ? undefined : `target ${target}`,
    row.owner ? `owner ${short(row.owner)}` : undefined,
  ];
  const brackets = full ? extras.filter((part) => part !== undefined).join(', ') : '';
  const past =
    full && last.status !== 'none' ? ` (weeks: ${history(cellsOf(row).map(({ status }) => status))})` : '';
  return `${name}${brackets === '' ? '' : ` (${brackets})`}: ${short(value)}${past}.`;
}

/** As many sentences as fit, then the pointer to the rest. `more` exist beside them. */
function within(
  head: string,
  sentences: readonly string[],
  more: number,
  pointer: (left: number) => string,
): string {
  const whole = [head, ...sentences, ...(more === 0 ? [] : [pointer(more)])].join(' ');
  if (whole.length <= LONGEST) return whole;
  let text = head;
  for (const [i, sentence] of sentences.entries()) {
    const end = ` ${pointer(more + sentences.length - i)}`;
    if (text.length + 1 + sentence.length + ` ${pointer(more + sentences.length)}`.length > LONGEST)
      return `${text}${end}`;
    text += ` ${sentence}`;
  }
  return `${text} ${pointer(more)}`;
}

const heading = (data: { readonly title: string; readonly subtitle?: string }): string =>
  `${[data.title, data.subtitle].flatMap((part) => (part ? [short(part, 160)] : [])).join(', ')}.`;

/**
 * Says in words what the scorecard picture says, in at most 2,000 characters. Where that is too little, the
 * history of each row goes first, then rows; `rest` is the command that shows them all.
 */
export function scorecardAlt(data: ScorecardPicture, rest = 'scorecard'): string {
  const labels = lastWeeks(data.weeks, '').filter((label) => label !== '');
  const span =
    labels.length === 0 ? '' : ` Weeks ${short(labels[0] ?? '', 20)} to ${short(labels.at(-1) ?? '', 20)}.`;
  const none = data.rows.length === 0 ? ' No metrics yet.' : '';
  const head = `Scorecard: ${heading(data)}${span}${none}`;
  const pointer = (left: number): string => `${left} more ${left === 1 ? 'row' : 'rows'}: ${short(rest)}`;
  const more = Math.max(0, data.more ?? 0);
  const say = (full: boolean): string =>
    within(
      head,
      data.rows.map((row) => rowText(row, data.weeks, full)),
      more,
      pointer,
    );
  const full = say(true);
  const allSaid = data.rows.every((row) => full.includes(rowText(row, data.weeks, true)));
  return allSaid ? full : say(false);
}

/** Says in words what the readiness picture says, in at most 2,000 characters. */
export function readinessAlt(data: ReadinessPicture, rest = 'score'): string {
  const points = drawnPoints(data.points);
  const last = points.at(-1);
  const first = points[0];
  const percents = points.map(({ percent }) => (Number.isFinite(percent) ? Math.round(percent) : '–'));
  const percent =
    last === undefined || !Number.isFinite(last.percent)
      ? 'Not scored yet'
      : `${Math.round(last.percent)} percent`;
  const line =
    first === undefined || first === last
      ? ''
      : `; the ${points.length} scores from ${short(first.label, 20)}: ${percents.join(', ')} percent`;
  const head = `Readiness: ${heading(data)} ${percent}${last === undefined ? '' : ` on ${short(last.label, 20)}`}${line}.`;
  const sentences = data.dimensions.map((name, i) => {
    const since = unchangedSince(points, i);
    return `${short(name)}: ${markWord(last, i)}${since === undefined ? '' : ` since ${short(since, 20)}`}.`;
  });
  const heat = (data.heat ?? []).map(
    (row) =>
      `${short(row.name)}, criteria: ${row.marks.map((m) => (m === 'none' ? DOES_NOT_APPLY : m)).join(', ')}.`,
  );
  return within(head, [...sentences, ...heat], 0, (left) => `${left} more dimensions: ${short(rest)}`);
}

const holderOf = (seat: OrgChartSeat): string => (seat.holder === 'ai' ? 'AI' : 'human');

/** Says in words what the org chart says, in at most 2,000 characters. */
export function orgChartAlt(data: OrgChartPicture, rest = 'chart'): string {
  const seats = data.seats.slice(0, DRAWN_SEATS);
  const left = Math.max(0, data.more) + data.seats.length - seats.length;
  const head = `Org chart: ${short(data.title)}.${seats.length === 0 ? ' No seats yet.' : ''}`;
  const sentences = seats.map((seat) => {
    const who = seat.accountable === undefined ? 'vacant' : short(seat.accountable);
    const under = seat.hidden === 0 ? '' : `, ${seat.hidden} more below`;
    const halted = seat.halted ? ', halted' : '';
    return `Level ${seat.depth + 1}: ${short(seat.name)} (${holderOf(seat)}, ${seat.stage}${halted}; accountable: ${who}${under}).`;
  });
  return within(head, sentences, left, (n) => `${n} more ${n === 1 ? 'seat' : 'seats'}: ${short(rest)}`);
}
