import { z } from 'zod';
import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { assertScorable, draftAbout, giveFullScore, keepScoreDraft } from '../../src/actions/score/index.ts';
import { CoxswainError, invalid } from '../../src/errors.ts';
import { type FullScoreForm, type Typed, loadFullScore } from '../../src/queries/full-score.ts';
import { clip } from '../../src/text.ts';
import { note, paragraph } from '../../src/ui/card.ts';
import type { Form, Hint } from '../../src/ui/form.ts';
import { bold } from '../../src/ui/text.ts';
import type { Asked } from '../command.ts';
import type { Args, Filled, FormSpec } from '../form.ts';
import { openForm, say, toMe } from '../reply.ts';
import { shownScores } from '../score.ts';
import { texts } from './fields.ts';
import {
  besidePage,
  criterionItems,
  faultsOn,
  lookedAt,
  markOf,
  stepOf,
  thenField,
  thenName,
  typedOn,
} from './score-page.ts';

/** Of what was written for criteria that are gone, as much stands in the form; all of it stays in the draft. */
const MAX_LOST = 800;

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

/** What somebody should know who goes on with a draft. */
function remarks(args: Args, view: FullScoreForm, page: number): Hint[] {
  const resumed = args['page'] === undefined && view.draftAt !== undefined;
  const lost = view.lost.flatMap((typed) => typed.note ?? []).filter((words) => words !== '');
  const words = [
    ...(resumed ? ['You go on with what you had filled in.'] : []),
    ...(view.outdated
      ? [`The rubric has changed to version ${view.held.version} meanwhile: please look at every page again.`]
      : []),
    ...(lost.length === 0 || page > 0
      ? []
      : [clip(`You had written for what is not asked any more: ${lost.join(' · ')}`, MAX_LOST)]),
  ];
  return words.map((text) => ({ kind: 'hint', body: note(text) }));
}

/** Paths of the criteria on the page that was filled in: those of the form, whatever the rubric asks by now. */
const pathsOn = (args: Args, view: FullScoreForm, page: number): readonly string[] =>
  args['asked']?.split(' ') ?? view.pages[page]!.criteria.map(({ path }) => path);

const readPage = (args: Args, view: FullScoreForm, filled: Filled): Record<string, Typed> =>
  typedOn(args, pathsOn(args, view, pageOf(args, view)), filled);

async function keepDraft(
  asked: Asked,
  args: Args,
  view: FullScoreForm,
  answers: Readonly<Record<string, Typed>>,
): Promise<void> {
  const input = { seat: view.seat.key, rubric: args['rubric'] ?? view.held.name, answers };
  await perform(asked, keepScoreDraft, input, `${asked.requestKey ?? ''}/keep`);
}

async function giveAll(
  asked: Asked,
  args: Args,
  view: FullScoreForm,
  typed: Readonly<Record<string, Typed>>,
): Promise<void> {
  const answers = Object.fromEntries(
    Object.entries({ ...view.draft, ...typed }).map(([path, answer]) => [
      path,
      { ...answer, mark: markOf(answer.mark) },
    ]),
  );
  const input = { seat: view.seat.key, rubric: view.held.name, answers };
  await perform(asked, giveFullScore, input).catch((error: unknown) => {
    if (!(error instanceof CoxswainError)) throw error;
    const fields = besidePage(args, view, pageOf(args, view), error.fields);
    throw new CoxswainError(error.code, error.message, { fields });
  });
}

/** The full score, a dimension a page; each page is kept as a draft, so closing the form loses nothing that was sent. */
export const scoreFullForm: FormSpec = {
  name: 'score.full',
  args: texts.pipe(z.record(z.string(), z.string())),
  draft: true,
  async open(asked, args): Promise<Form> {
    await assertMay(asked, giveFullScore, { seat: args['seat'] ?? '', rubric: '', answers: {} });
    const view = await load(asked, args);
    assertScorable(view.seat);
    const page = pageOf(args, view);
    const { dimension, part, criteria } = view.pages[page]!;
    const last = view.pages.length - 1;
    const step = stepOf(args);
    const name = `${dimension.name}${part > 1 ? `, part ${part}` : ''}`;
    return {
      name: 'score.full',
      args: {
        seat: view.seat.key,
        page: String(page),
        step: String(step),
        rubric: view.held.name,
        asked: criteria.map((c) => c.path).join(' '),
      },
      title: clip(`Score: page ${page + 1} of ${last + 1}`, 24),
      submit: page === last ? 'Score' : 'Next',
      items: [
        { kind: 'hint', body: paragraph(bold(name), ` · ${view.seat.name}`) },
        ...remarks(args, view, page),
        ...criteria.flatMap((_, at) => criterionItems(view, { page, at, step, zone: asked.zone })),
        thenField(args, page, last),
      ],
    };
  },
  async keep(asked, args, filled) {
    const view = await load(asked, args);
    await keepDraft(asked, args, view, lookedAt(readPage(args, view, filled)));
  },
  async submit(asked, args, filled) {
    const view = await load(asked, args);
    const typed = readPage(args, view, filled);
    await keepDraft(asked, args, view, typed);
    const page = pageOf(args, view);
    const seat = view.seat.key;
    const step = String(stepOf(args) + 1);
    const turnTo = (at: number) => openForm('score.full', { seat, page: String(at), step });
    const then = filled[thenName(args)];
    if (then === 'stop')
      return say('Kept', paragraph('Go on whenever you like: ', bold(`score ${seat}`), '. Only you see it.'));
    // The page that was sent does not exist any more: what was typed is kept, and the new first page says so.
    if (args['rubric'] !== undefined && args['rubric'] !== view.held.name)
      return openForm('score.full', { seat, step });
    if (then === 'back') return turnTo(page - 1);
    const faults = faultsOn(args, view, page, typed);
    if (Object.keys(faults).length > 0)
      throw invalid('Some answers are not complete yet.', { fields: faults });
    if (page < view.pages.length - 1) return turnTo(page + 1);
    await giveAll(asked, args, view, typed);
    return toMe(await shownScores(asked, seat));
  },
};
