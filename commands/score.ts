import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { giveScore } from '../src/actions/score/index.ts';
import { scoreCard } from '../src/cards/score.ts';
import { DIMENSIONS } from '../src/domain/rubric.ts';
import { invalid } from '../src/errors.ts';
import { loadScores } from '../src/queries/score.ts';
import type { Asked, Command } from './command.ts';
import { openForm, toAll, toMe } from './reply.ts';

export async function shownScores(asked: Asked, key: string) {
  const db = asked.store.read;
  return scoreCard(await loadScores(db, asked.org, await needSeat(db, asked.org, key)), asked.clock.now());
}

const lower = (input: Readonly<Record<string, string>>): Record<string, string> => ({
  ...input,
  ...Object.fromEntries(
    DIMENSIONS.flatMap((d) => (input[d] === undefined ? [] : [[d, input[d].toLowerCase()]])),
  ),
});

export const scoreCommand: Command = {
  name: 'score',
  summary: 'Readiness for production',
  defaultVerb: 'give',
  examples: [
    'score claims',
    'score claims data=green governance=yellow integration=red change=green "no rollback yet"',
    'score history claims',
  ],
  verbs: [
    {
      name: 'give',
      usage:
        'score <seat> [data=green governance=yellow integration=red change=green] ["note"] [evidence=https://…]',
      summary: 'score a seat; with the seat alone it opens a form',
      positional: ['seat', '...note'],
      named: ['seat', 'note', 'evidence', ...DIMENSIONS],
      async run(asked, input) {
        if (input['seat'] === undefined)
          throw invalid('Which seat do you want to score?', { hint: 'score claims' });
        const seat = await needSeat(asked.store.read, asked.org, input['seat']);
        if (DIMENSIONS.every((d) => input[d] === undefined))
          return openForm('score.give', { ...input, seat: seat.key });
        const open = DIMENSIONS.filter((d) => input[d] === undefined);
        if (open.length > 0) {
          throw invalid(
            `A score needs a colour for each dimension; ${open.join(' and ')} ${open.length === 1 ? 'is' : 'are'} missing.`,
            {
              hint: `score ${seat.key} ${DIMENSIONS.map((d) => `${d}=${input[d] ?? 'green'}`).join(' ')}`,
            },
          );
        }
        await perform(asked, giveScore, lower(input));
        return toAll(await shownScores(asked, seat.key));
      },
    },
    {
      name: 'history',
      aliases: ['show'],
      usage: 'score history <seat>',
      summary: 'all scores of a seat, and the trend',
      positional: ['seat'],
      async run(asked, input) {
        if (input['seat'] === undefined)
          throw invalid('The history of which seat?', { hint: 'score history claims' });
        return toMe(await shownScores(asked, input['seat']));
      },
    },
  ],
};
