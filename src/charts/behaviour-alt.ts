import { shortNumber } from './number.ts';
import { finite } from './scale.ts';
import { type BehaviourPicture, MOST_NOTES, MOST_SIGNALS, cut, letterOf } from './behaviour-data.ts';
import { oneLine } from './words.ts';

/** Slack refuses a longer `alt_text` (Block Kit, image block). */
const LONGEST = 2000;

const clip = (text: string, most: number): string => {
  const line = oneLine(text);
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .toWellFormed()
        .trimEnd()}…`;
};

/** As a sentence; what people wrote may end in a full stop already. */
const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** Says in words what the chart says, in at most 2,000 characters: the newest readings, limits, signals, notes. */
export function behaviourAlt(whole: BehaviourPicture): string {
  const data = cut(whole);
  const { points, baseline, unit } = data;
  const say = (value: number) => `${shortNumber(value) ?? '–'}${unit === '' ? '' : ` ${oneLine(unit)}`}`;
  const known = points.filter(({ value }) => finite(value));
  const newest = known
    .slice(-6)
    .map(
      ({ label, value, status }) =>
        `${oneLine(label)} ${say(value!)}${status === 'none' ? '' : ` ${status}`}`,
    );
  const missing = points.filter(({ status }) => status === 'missing').length;
  const sentences = [
    `Process-behaviour chart: ${[data.title, data.subtitle].flatMap((part) => (part ? [clip(part, 120)] : [])).join(', ')}.`,
    known.length === 0
      ? 'No readings yet.'
      : `${known.length} ${known.length === 1 ? 'reading' : 'readings'}${missing === 0 ? '' : `, ${missing} missing`}; the newest: ${newest.join(', ')}.`,
    ...(baseline === undefined
      ? []
      : [
          `Centre ${say(baseline.centre)}, limits ${say(baseline.lower)} to ${say(baseline.upper)}${baseline.state === 'provisional' ? ', provisional' : ''}.`,
        ]),
    clip(data.says, 200),
    ...data.signals.slice(-MOST_SIGNALS).map(({ words }, i) => ended(`${letterOf(i)}: ${clip(words, 300)}`)),
    ...data.notes.slice(-MOST_NOTES).map(({ words }, i) => ended(`Note ${i + 1}: ${clip(words, 120)}`)),
  ].filter((text) => text !== '');
  const text = sentences.join(' ');
  return text.length <= LONGEST
    ? text
    : `${text
        .slice(0, LONGEST - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
