import {
  cancelRequest,
  dropScoreDraft,
  giveScore,
  readColour,
  requestScores,
} from '../src/actions/score/index.ts';
import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { scoreCompareCard } from '../src/cards/score-compare.ts';
import { scoreHistoryCard } from '../src/cards/score-history.ts';
import { scoreCard } from '../src/cards/score.ts';
import { invalid } from '../src/errors.ts';
import { heldRubric } from '../src/rubrics/held.ts';
import { loadScores } from '../src/queries/score.ts';
import { peopleNamed } from '../src/queries/people.ts';
import { type Card, card, note, paragraph } from '../src/ui/card.ts';
import { clip } from '../src/text.ts';
import { bold, datetime } from '../src/ui/text.ts';
import type { Asked, Command } from './command.ts';
import { needPerson } from './people.ts';
import { quickArgs } from './quick-score.ts';
import { toAllWhoSee } from './here.ts';
import { openForm, say, toMe } from './reply.ts';

type Input = Readonly<Record<string, string>>;

const viewOf = async (asked: Asked, key: string) => {
  const db = asked.store.read;
  return loadScores(db, asked.org, await needSeat(db, asked.org, key));
};

export const shownScores = async (asked: Asked, key: string): Promise<Card> =>
  scoreCard(await viewOf(asked, key), asked.clock.now());

function needKey(input: Input, what: string, verb: string): string {
  const { seat } = input;
  if (seat !== undefined) return seat;
  throw invalid(`${what} of which seat?`, { hint: `score ${verb} claims` });
}

/** Who was asked, and by when. */
export async function requested(
  asked: Asked,
  result: { seat: string; asked: readonly string[]; already: readonly string[]; dueAt: number },
): Promise<Card> {
  const names = await peopleNamed(asked.store.read, asked.org, [...result.asked, ...result.already]);
  const list = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? 'somebody').join(', ');
  return card('Scores are asked for', [
    paragraph(
      bold(list(result.asked)),
      ` will score ${result.seat} by `,
      datetime(result.dueAt, asked.zone),
      '.',
    ),
    ...(result.already.length === 0
      ? []
      : [note(`${list(result.already)} had been asked before and are not asked again.`)]),
  ]);
}

const NOT_MARKS = new Set(['seat', 'note', 'evidence']);

interface Marked {
  /** By dimension key, as typed. */
  readonly marks: Readonly<Record<string, string>>;
  /** Every dimension has one. */
  readonly whole: boolean;
}

/** The colours of a line. Throws invalid for what is no dimension or no colour, with the line as it could be. */
async function marksOf(asked: Asked, input: Input): Promise<Marked> {
  const given = Object.entries(input).filter(([key]) => !NOT_MARKS.has(key));
  if (given.length === 0) return { marks: {}, whole: false };
  const { rubric } = await heldRubric(asked.store.read, asked.org);
  const marks = new Map(given);
  const colourOf = (key: string) => readColour(marks.get(key) ?? '') ?? 'green';
  const hint = [
    `score ${input['seat']}`,
    ...rubric.dimensions.map(({ key }) => `${key}=${colourOf(key)}`),
    ...(input['note'] === undefined ? [] : [`"${input['note']}"`]),
    ...(input['evidence'] === undefined ? [] : [`evidence=${input['evidence']}`]),
  ].join(' ');
  for (const [key, colour] of given) {
    const dimension = rubric.dimensions.find((d) => d.key === key);
    if (dimension === undefined) {
      const keys = rubric.dimensions.map((d) => d.key).join(', ');
      throw invalid(`“${clip(key, 40)}” is no dimension of the rubric; it has ${keys}.`, { hint });
    }
    if (readColour(colour) === undefined) {
      throw invalid(
        `“${clip(colour, 40)}” is not a colour for ${dimension.name}: choose green, yellow or red.`,
        { hint },
      );
    }
  }
  return { marks: Object.fromEntries(given), whole: rubric.dimensions.every((d) => marks.has(d.key)) };
}

/** Mentions and names, in `@a @b`, `@a, @b` or `"Ana Flores" @b`. */
const reviewersOf = async (asked: Asked, words: string): Promise<string[]> =>
  Promise.all(
    (words.match(/"[^"]+"|[^\s,"]+/g) ?? []).map(
      async (word) => (await needPerson(asked, word.replaceAll('"', ''))).id,
    ),
  );

export const scoreCommand: Command = {
  name: 'score',
  summary: 'Readiness for production',
  defaultVerb: 'give',
  examples: [
    'score claims',
    'score claims data=green governance=yellow integration=red change=green "no rollback yet"',
    'score request claims @dana @eli due=fri',
  ],
  verbs: [
    {
      name: 'give',
      usage:
        'score <seat> [data=green governance=yellow integration=red change=green] ["note"] [evidence=https://…]',
      summary:
        'score a seat; with the seat alone it opens the full form, with some of the colours the quick one',
      positional: ['seat', '...note'],
      named: ['seat', 'note', 'evidence'],
      anyNamed: true,
      async run(asked, input) {
        if (input['seat'] === undefined)
          throw invalid('Which seat do you want to score?', { hint: 'score claims' });
        const seat = await needSeat(asked.store.read, asked.org, input['seat']);
        const { marks, whole } = await marksOf(asked, { ...input, seat: seat.key });
        const { note: words, evidence } = input;
        if (Object.keys(marks).length === 0 && words === undefined && evidence === undefined)
          return openForm('score.full', { seat: seat.key });
        // What is not said yet is asked for; what was typed stands in the form.
        if (!whole) return openForm('score.give', { ...quickArgs(marks, words, evidence), seat: seat.key });
        await perform(asked, giveScore, { seat: seat.key, marks, note: words, evidence });
        return toAllWhoSee(asked, seat, await shownScores(asked, seat.key));
      },
    },
    {
      name: 'quick',
      usage: 'score quick <seat>',
      summary: 'one colour for each dimension, in a short form',
      positional: ['seat'],
      async run(asked, input) {
        const seat = await needSeat(asked.store.read, asked.org, needKey(input, 'The quick score', 'quick'));
        return openForm('score.give', { seat: seat.key });
      },
    },
    {
      name: 'show',
      usage: 'score show <seat>',
      summary: 'where a seat stands, and how far its reviewers agree',
      positional: ['seat'],
      async run(asked, input) {
        return toMe(await shownScores(asked, needKey(input, 'The readiness', 'show')));
      },
    },
    {
      name: 'compare',
      usage: 'score compare <seat>',
      summary: 'reviewers side by side, criterion by criterion',
      positional: ['seat'],
      async run(asked, input) {
        return toMe(scoreCompareCard(await viewOf(asked, needKey(input, 'The comparison', 'compare'))));
      },
    },
    {
      name: 'history',
      usage: 'score history <seat>',
      summary: 'all scores of a seat, and what of them can be compared',
      positional: ['seat'],
      async run(asked, input) {
        return toMe(
          scoreHistoryCard(await viewOf(asked, needKey(input, 'The history', 'history')), asked.clock.now()),
        );
      },
    },
    {
      name: 'request',
      aliases: ['ask'],
      usage: 'score request <seat> <@reviewer …> [due=fri] [note="…"]',
      summary: 'ask reviewers for their score by a day; with the seat alone it opens a form',
      positional: ['seat', '...reviewers'],
      named: ['seat', 'due|by', 'note'],
      mentions: ['reviewers'],
      async run(asked, input) {
        const seat = await needSeat(asked.store.read, asked.org, needKey(input, 'The scores', 'request'));
        const { reviewers, due, note: words } = input;
        if (reviewers === undefined || reviewers === '')
          return openForm('score.request', { ...input, seat: seat.key });
        const result = await perform(asked, requestScores, {
          seat: seat.key,
          reviewers: await reviewersOf(asked, reviewers),
          due,
          note: words,
        });
        return toMe(await requested(asked, result));
      },
    },
    {
      name: 'cancel',
      usage: 'score cancel <seat> <@reviewer>',
      summary: 'a score that was asked for is not wanted any more',
      positional: ['seat', 'reviewer'],
      async run(asked, input) {
        const seat = needKey(input, 'The request', 'cancel');
        if (input['reviewer'] === undefined)
          throw invalid('Whose score is not wanted any more?', { hint: `score cancel ${seat} @dana` });
        const reviewer = await needPerson(asked, input['reviewer']);
        await perform(asked, cancelRequest, { seat, reviewer: reviewer.id });
        return say('Not asked for any more', paragraph(`${reviewer.name} need not score ${seat}.`));
      },
    },
    {
      name: 'restart',
      usage: 'score restart <seat>',
      summary: 'throw your half-filled form away and begin anew',
      positional: ['seat'],
      async run(asked, input) {
        const { seat } = await perform(asked, dropScoreDraft, {
          seat: needKey(input, 'The draft', 'restart'),
        });
        return openForm('score.full', { seat });
      },
    },
  ],
};
