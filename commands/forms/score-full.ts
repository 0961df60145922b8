import { z } from 'zod';
import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { answerFaults, draftAbout, giveFullScore, keepScoreDraft } from '../../src/actions/score/index.ts';
import { COLOURS } from '../../src/domain/rubric/colour.ts';
import { CoxswainError, conflict, invalid } from '../../src/errors.ts';
import {
  type FullScoreForm,
  type Previous,
  type Typed,
  loadFullScore,
} from '../../src/queries/full-score.ts';
import { clip } from '../../src/text.ts';
import { note, paragraph } from '../../src/ui/card.ts';
import type { Field, Form, Hint, Option } from '../../src/ui/form.ts';
import { type Inline, bold, br, date } from '../../src/ui/text.ts';
import type { Asked } from '../command.ts';
import type { Args, Filled, FormSpec } from '../form.ts';
import { openForm, say, toMe } from '../reply.ts';
import { shownScores } from '../score.ts';
import { initial, optionsOf, texts } from './fields.ts';

/** Answered as the time before, with one click or none. It says what that was: somebody may score meanwhile. */
const SAME = 'same-';
/** The mark that was meant by what was chosen. */
const markOf = (chosen: string | undefined): string | undefined =>
  chosen?.startsWith(SAME) === true ? chosen.slice(SAME.length) : chosen;
const MAX_NOTE = 500;
const MAX_LINK = 500;

const WORDS = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  none: 'does not apply (say why in the note)',
} as const;

const pageOf = (args: Args, view: FullScoreForm): number => {
  const at = args['page'] === undefined ? firstOpen(view) : Number(args['page']);
  return Math.min(Math.max(0, Number.isInteger(at) ? at : 0), view.pages.length - 1);
};

/** Where to go on: the first page with a criterion that the draft does not answer; the first without a draft. */
function firstOpen({ pages, draft, outdated }: FullScoreForm): number {
  if (outdated || Object.keys(draft).length === 0) return 0;
  const at = pages.findIndex((page) => page.criteria.some(({ path }) => draft[path]?.mark === undefined));
  return at === -1 ? pages.length - 1 : at;
}

async function load(asked: Asked, args: Args): Promise<FullScoreForm> {
  const db = asked.store.read;
  const seat = await needSeat(db, asked.org, args['seat'] ?? '');
  const view = await loadFullScore(db, asked.org, seat, asked.me.id, draftAbout(seat.id));
  if (view.pages.length === 0)
    throw invalid(`No criterion of the rubric is asked of a seat of ${seat.risk} risk.`, {
      hint: 'rubric show',
    });
  return view;
}

function marksFor(previous: Previous | undefined, path: string): Option[] {
  const before = previous?.answers[path]?.mark;
  const same =
    before === undefined
      ? []
      : [{ value: `${SAME}${before}`, label: `no change: ${before === 'none' ? 'does not apply' : before}` }];
  return [...same, ...optionsOf([...COLOURS, 'none'], (c) => WORDS[c as keyof typeof WORDS])];
}

/** A criterion on its page: what the answers look like, the time before, and its three fields. */
function criterionItems(view: FullScoreForm, page: number, at: number, zone: string): (Field | Hint)[] {
  const { path, criterion } = view.pages[page]!.criteria[at]!;
  const typed: Typed = view.draft[path] ?? {};
  const before = view.previous?.answers[path];
  const meant = markOf(typed.mark);
  const changed = before !== undefined && meant !== undefined && meant !== before.mark;
  // What was “no change” when it was chosen is a change when the score before is another one by now.
  const chosen = meant === before?.mark ? typed.mark : meant;
  const words: Inline[] = [
    bold(`${at + 1}. ${criterion.name}`),
    changed ? ' · changed' : '',
    br,
    `Red: ${criterion.red}`,
    br,
    `Yellow: ${criterion.yellow}`,
    br,
    `Green: ${criterion.green}`,
    ...(before === undefined
      ? []
      : [
          br,
          `Last time ${before.mark === 'none' ? 'it did not apply' : before.mark}, by ${view.previous!.by}, `,
          date(view.previous!.at, zone),
        ]),
  ];
  return [
    { kind: 'hint', body: paragraph(...words) },
    {
      kind: 'select',
      name: `mark_${at}`,
      label: clip(criterion.name, 80),
      options: marksFor(view.previous, path),
      ...initial(chosen ?? (before === undefined ? undefined : `${SAME}${before.mark}`)),
    },
    {
      kind: 'text',
      name: `note_${at}`,
      label: 'Note',
      optional: true,
      max: MAX_NOTE,
      ...initial(typed.note ?? before?.note),
    },
    {
      kind: 'text',
      name: `evidence_${at}`,
      label: 'Evidence',
      optional: true,
      max: MAX_LINK,
      hint: clip(`A link, also to a message. For example: ${criterion.evidence}`, 200),
      ...initial(typed.evidence ?? before?.evidence),
    },
  ];
}

function thenField(page: number, last: number): Field {
  const on = page === last ? { value: 'score', label: 'Score' } : { value: 'next', label: 'Next page' };
  const back = page === 0 ? [] : [{ value: 'back', label: 'Back one page' }];
  return {
    kind: 'select',
    name: 'then',
    label: 'Then',
    options: [on, ...back, { value: 'stop', label: 'Keep it and go on later' }],
    initial: on.value,
  };
}

/** Paths of the criteria on the page that was filled in: those of the form, whatever the rubric asks by now. */
const pathsOn = (args: Args, view: FullScoreForm, page: number): readonly string[] =>
  args['asked']?.split(' ') ?? view.pages[page]!.criteria.map(({ path }) => path);

/** What was typed on a page with these criteria, by path. */
function typedOn(paths: readonly string[], filled: Filled): Record<string, Typed> {
  const text = (name: string): string | undefined => {
    const value = filled[name];
    return typeof value === 'string' ? value : undefined;
  };
  return Object.fromEntries(
    paths.map((path, at) => {
      const [mark, noted, evidence] = [text(`mark_${at}`), text(`note_${at}`), text(`evidence_${at}`)];
      const typed: Typed = {
        ...(mark === undefined ? {} : { mark }),
        // What was taken away stays away: an empty note is not the note of the time before.
        note: noted ?? '',
        evidence: evidence ?? '',
      };
      return [path, typed];
    }),
  );
}

/** Faults by path become faults beside the fields of this page; those of other pages are named. */
function besidePage(error: unknown, view: FullScoreForm, page: number): unknown {
  if (!(error instanceof CoxswainError)) return error;
  const here = view.pages[page]!.criteria.map((c) => c.path);
  const fields = Object.entries(error.fields).map(([path, words]) => {
    const at = here.indexOf(path);
    return [at === -1 ? '_' : `mark_${at}`, words] as const;
  });
  return new CoxswainError(error.code, error.message, { fields: Object.fromEntries(fields) });
}

const resolved = (typed: Readonly<Record<string, Typed>>) =>
  Object.fromEntries(
    Object.entries(typed).map(([path, answer]) => [path, { ...answer, mark: markOf(answer.mark) }]),
  );

/** What is to be mended on this page before the next one, by field. */
function faultsOn(view: FullScoreForm, page: number, typed: Readonly<Record<string, Typed>>) {
  const faults = view.pages[page]!.criteria.flatMap(({ path, criterion }, at) => {
    const answer = { ...typed[path], mark: markOf(typed[path]?.mark) };
    return Object.entries(answerFaults(`“${criterion.name}”`, answer)).map(
      ([part, words]) => [`${part}_${at}`, words] as const,
    );
  });
  return Object.fromEntries(faults);
}

async function keep(
  asked: Asked,
  args: Args,
  filled: Filled,
): Promise<{ view: FullScoreForm; page: number; typed: Record<string, Typed> }> {
  const view = await load(asked, args);
  const page = pageOf(args, view);
  const typed = typedOn(pathsOn(args, view, page), filled);
  await perform(
    asked,
    keepScoreDraft,
    { seat: view.seat.key, rubric: args['rubric'] ?? view.held.name, answers: typed },
    `${asked.requestKey ?? ''}/keep`,
  );
  return { view, page, typed };
}

/** The full score, a dimension a page; each page is kept as a draft, so closing the form loses nothing that was sent. */
export const scoreFullForm: FormSpec = {
  name: 'score.full',
  args: texts.pipe(z.record(z.string(), z.string())),
  draft: true,
  async open(asked, args): Promise<Form> {
    await assertMay(asked, giveFullScore, { seat: args['seat'] ?? '', rubric: '', answers: {} });
    const view = await load(asked, args);
    const page = pageOf(args, view);
    const { dimension, part, criteria } = view.pages[page]!;
    const last = view.pages.length - 1;
    const resumed = args['page'] === undefined && view.draftAt !== undefined;
    const lost = view.lost.flatMap((typed) => typed.note ?? []).filter((words) => words !== '');
    return {
      name: 'score.full',
      args: {
        seat: view.seat.key,
        page: String(page),
        rubric: view.held.name,
        asked: criteria.map((c) => c.path).join(' '),
      },
      title: clip(`Score: page ${page + 1} of ${last + 1}`, 24),
      submit: page === last ? 'Score' : 'Next',
      items: [
        {
          kind: 'hint',
          body: paragraph(
            bold(`${dimension.name}${part > 1 ? `, part ${part}` : ''}`),
            ` · ${view.seat.name}`,
          ),
        },
        ...(resumed ? [{ kind: 'hint' as const, body: note('You go on with what you had filled in.') }] : []),
        ...(lost.length === 0 || page > 0
          ? []
          : [
              {
                kind: 'hint' as const,
                body: note(
                  clip(
                    `The rubric changed meanwhile. You had written for what is not asked any more: ${lost.join(' · ')}`,
                    1500,
                  ),
                ),
              },
            ]),
        ...criteria.flatMap((_, at) => criterionItems(view, page, at, asked.zone)),
        thenField(page, last),
      ],
    };
  },
  async keep(asked, args, filled) {
    await keep(asked, args, filled);
  },
  async submit(asked, args, filled) {
    const { view, page, typed } = await keep(asked, args, filled);
    const { key } = view.seat;
    if (args['rubric'] !== undefined && args['rubric'] !== view.held.name) {
      throw conflict(
        `The rubric has changed to version ${view.held.version} since this form was opened. What you typed is kept: score the seat again.`,
        { hint: `score ${key}` },
      );
    }
    const then = filled['then'] ?? 'next';
    if (then === 'stop')
      return say('Kept', paragraph('Go on whenever you like: ', bold(`score ${key}`), '. Only you see it.'));
    if (then === 'back') return openForm('score.full', { seat: key, page: String(page - 1) });
    const faults = faultsOn(view, page, typed);
    if (Object.keys(faults).length > 0)
      throw invalid('Some answers are not complete yet.', { fields: faults });
    if (page < view.pages.length - 1) return openForm('score.full', { seat: key, page: String(page + 1) });
    const answers = resolved({ ...view.draft, ...typed });
    await perform(asked, giveFullScore, { seat: key, rubric: view.held.name, answers }).catch(
      (error: unknown) => {
        throw besidePage(error, view, page);
      },
    );
    return toMe(await shownScores(asked, key));
  },
};
