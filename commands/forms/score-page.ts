import { answerFaults } from '../../src/actions/score/index.ts';
import { COLOURS } from '../../src/domain/rubric/colour.ts';
import type { FullScoreForm, Previous, Typed } from '../../src/queries/full-score.ts';
import { clip } from '../../src/text.ts';
import { divider, list, paragraph } from '../../src/ui/card.ts';
import type { Field, Hint, Option } from '../../src/ui/form.ts';
import { type Text, bold, date } from '../../src/ui/text.ts';
import type { Args, Filled } from '../form.ts';
import { initial, optionsOf } from './fields.ts';

/** Answered as the time before, with one click or none. It says what that was: somebody may score meanwhile. */
const SAME = 'same-';
/**
 * Not answered: a choice of its own, because platforms do not send a form in which a required one is empty, and one
 * can go back, or on later, from a page that is not finished.
 */
const OPEN = 'open';
const MAX_NOTE = 500;
const MAX_LINK = 500;

const WORDS = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  none: 'does not apply (say why in the note)',
} as const;

/** The mark that was meant by what was chosen. */
export const markOf = (chosen: string | undefined): string | undefined =>
  chosen?.startsWith(SAME) === true ? chosen.slice(SAME.length) : chosen;

/** How many pages were sent before this one. */
export const stepOf = (args: Args): number => {
  const step = Number(args['step'] ?? 0);
  return Number.isSafeInteger(step) && step > 0 ? step : 0;
};

type Part = 'mark' | 'note' | 'evidence';

/**
 * Names of fields. They differ from page to page: what was typed into a field stays in it on Slack, when the next page
 * has one of the same name.
 */
const nameOf =
  (step: number) =>
  (part: Part, at: number): string =>
    `${part}_${at}_${step}`;
export const thenName = (args: Args): string => `then_${stepOf(args)}`;

function marksFor(previous: Previous | undefined, path: string): Option[] {
  const before = previous?.answers[path]?.mark;
  const open = { value: OPEN, label: 'not marked yet' };
  const first =
    before === undefined
      ? [open]
      : [
          ...(previous!.reworded.has(path) ? [open] : []),
          { value: `${SAME}${before}`, label: `no change: ${before === 'none' ? 'does not apply' : before}` },
        ];
  return [...first, ...optionsOf([...COLOURS, 'none'], (c) => WORDS[c as keyof typeof WORDS])];
}

/** “No change” where the same was asked before; what was asked in other words is answered anew. */
function startOf(previous: Previous | undefined, path: string): string {
  const before = previous?.answers[path]?.mark;
  return before === undefined || previous!.reworded.has(path) ? OPEN : `${SAME}${before}`;
}

function lastTime(previous: Previous, path: string, zone: string): Text[] {
  const before = previous.answers[path];
  if (before === undefined) return [];
  const was = before.mark === 'none' ? 'it did not apply' : before.mark;
  const said = previous.own || before.note === undefined ? '' : `: “${clip(before.note, 200)}”`;
  const otherwise = previous.reworded.has(path) ? ', when it was worded otherwise' : '';
  return [[`Last time ${was}, by ${clip(previous.by, 80)}, `, date(previous.at, zone), otherwise, said]];
}

/** A criterion on its page: what the answers look like, the time before, and its three fields. */
export function criterionItems(
  view: FullScoreForm,
  { page, at, step, zone }: { page: number; at: number; step: number; zone: string },
): (Field | Hint)[] {
  const { path, criterion } = view.pages[page]!.criteria[at]!;
  const name = nameOf(step);
  const typed: Typed = view.draft[path] ?? {};
  const before = view.previous?.answers[path];
  const own = view.previous?.own === true ? before : undefined;
  const meant = markOf(typed.mark);
  const changed = before !== undefined && meant !== undefined && meant !== before.mark;
  // What was “no change” when it was chosen is a change when the score before is another one by now.
  const chosen = meant === before?.mark ? typed.mark : meant;
  const looks = COLOURS.map((colour): Text => [bold(colour), `: ${criterion[colour]}`]);
  return [
    ...(at === 0 ? [] : [{ kind: 'hint', body: divider } as const]),
    { kind: 'hint', body: paragraph(bold(`${at + 1}. ${criterion.name}`), changed ? ' · changed' : '') },
    {
      kind: 'hint',
      body: list([...looks, ...(view.previous === undefined ? [] : lastTime(view.previous, path, zone))]),
    },
    {
      kind: 'select',
      name: name('mark', at),
      label: `Mark ${at + 1}`,
      options: marksFor(view.previous, path),
      ...initial(chosen ?? startOf(view.previous, path)),
    },
    {
      kind: 'text',
      name: name('note', at),
      label: `Note ${at + 1}`,
      optional: true,
      max: MAX_NOTE,
      ...initial(typed.note ?? own?.note),
    },
    {
      kind: 'text',
      name: name('evidence', at),
      label: `Evidence ${at + 1}`,
      optional: true,
      max: MAX_LINK,
      hint: clip(`A link, also to a message. For example: ${criterion.evidence}`, 200),
      ...initial(typed.evidence ?? own?.evidence),
    },
  ];
}

export function thenField(args: Args, page: number, last: number): Field {
  const on = page === last ? { value: 'score', label: 'Score' } : { value: 'next', label: 'Next page' };
  const back = page === 0 ? [] : [{ value: 'back', label: 'Back one page' }];
  return {
    kind: 'select',
    name: thenName(args),
    label: 'Then',
    options: [on, ...back, { value: 'stop', label: 'Keep it and go on later' }],
    initial: on.value,
  };
}

/** Longer than anything that is taken; what is too long is kept as a draft up to here, and refused by a sentence. */
const MAX_KEPT = 3000;

/** What was typed on a page with these criteria, by path. */
export function typedOn(args: Args, paths: readonly string[], filled: Filled): Record<string, Typed> {
  const name = nameOf(stepOf(args));
  const text = (part: Part, at: number): string | undefined => {
    const value = filled[name(part, at)];
    return typeof value === 'string' ? value.slice(0, MAX_KEPT) : undefined;
  };
  return Object.fromEntries(
    paths.map((path, at) => {
      const mark = text('mark', at);
      const typed: Typed = {
        ...(mark === undefined || mark === OPEN ? {} : { mark }),
        // What was taken away stays away: an empty note is not the note of the time before.
        note: text('note', at) ?? '',
        evidence: text('evidence', at) ?? '',
      };
      return [path, typed];
    }),
  );
}

/** Without the answers that nobody has looked at yet: “no change” stands in a form before it is read. */
export const lookedAt = (typed: Readonly<Record<string, Typed>>): Record<string, Typed> =>
  Object.fromEntries(
    Object.entries(typed).map(([path, { mark, ...words }]) => [
      path,
      mark === undefined || mark.startsWith(SAME) ? words : { mark, ...words },
    ]),
  );

/** What is to be mended on this page before the next one, by field. */
export function faultsOn(
  args: Args,
  view: FullScoreForm,
  page: number,
  typed: Readonly<Record<string, Typed>>,
): Record<string, string> {
  const name = nameOf(stepOf(args));
  const faults = view.pages[page]!.criteria.flatMap(({ path, criterion }, at) => {
    const answer = { ...typed[path], mark: markOf(typed[path]?.mark) };
    return Object.entries(answerFaults(`“${criterion.name}”`, answer)).map(
      ([part, words]) => [name(part as Part, at), words] as const,
    );
  });
  return Object.fromEntries(faults);
}

/** Sentences by path become sentences beside the fields of this page; those of other pages say which. */
export function besidePage(
  args: Args,
  view: FullScoreForm,
  page: number,
  faults: Readonly<Record<string, string>>,
): Record<string, string> {
  const name = nameOf(stepOf(args));
  const here = view.pages[page]!.criteria.map((c) => c.path);
  const fields: Record<string, string> = {};
  for (const [path, words] of Object.entries(faults)) {
    const at = here.indexOf(path);
    const elsewhere = view.pages.findIndex((one) => one.criteria.some((c) => c.path === path));
    if (at !== -1) fields[name('mark', at)] = words;
    else
      fields['_'] = [fields['_'], elsewhere === -1 ? words : `Page ${elsewhere + 1}: ${words}`]
        .filter(Boolean)
        .join(' ');
  }
  return fields;
}
