import { needAnyMetric, needSeat } from '../src/actions/find.ts';
import { behaviourCard } from '../src/cards/behaviour.ts';
import { scorecardCard } from '../src/cards/scorecard.ts';
import { MOST_WEEKS, SCORECARD_WEEKS } from '../src/domain/scorecard.ts';
import { invalid } from '../src/errors.ts';
import { loadBehaviour } from '../src/queries/drift.ts';
import { loadScorecards } from '../src/queries/scorecard.ts';
import { seatsAround, seatsOfChannel, seatsOfOrg } from '../src/queries/scope.ts';
import { paragraph } from '../src/ui/card.ts';
import { bold } from '../src/ui/text.ts';
import type { Answer, Asked, Command } from './command.ts';
import { postableHere, toAllWhoSee } from './here.ts';
import { say, toAll, toMe } from './reply.ts';

type Scope = { readonly name: string; readonly seats: Awaited<ReturnType<typeof seatsOfOrg>>['seats'] };

/** A whole number from 1, or a sentence. */
export function whole(
  text: string | undefined,
  what: string,
  fallback: number,
  most: number,
  example: string,
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d{1,4}$/.test(text.trim()) && value >= 1 && value <= most) return value;
  throw invalid(`${what} is a whole number from 1 to ${most}.`, { hint: example });
}

/** Which seats are meant, and the line that shows them again. */
async function scopeOf(
  asked: Asked,
  word: string | undefined,
): Promise<Scope & { line: string; one?: Scope['seats'][number] }> {
  // Everyone in the place reads the answer.
  const db = await asked.shownHere();
  switch (word?.toLowerCase()) {
    case undefined:
      return { ...(await seatsAround(db, asked.org, await asked.channel())), line: 'scorecard' };
    case 'all':
      return { ...(await seatsOfOrg(db, asked.org)), line: 'scorecard all' };
    case 'channel':
    case 'here': {
      const channel = await postableHere(asked, 'scorecard all');
      return { ...(await seatsOfChannel(db, asked.org, channel)), line: 'scorecard channel' };
    }
    default: {
      const seat = await needSeat(asked.store.read, asked.org, word!);
      return { name: seat.name, seats: [seat], line: `scorecard ${seat.key}`, one: seat };
    }
  }
}

async function show(asked: Asked, input: Readonly<Record<string, string>>): Promise<Answer> {
  const weeks = whole(
    input['weeks'],
    'The number of weeks',
    SCORECARD_WEEKS,
    MOST_WEEKS,
    'scorecard weeks=13',
  );
  const page = whole(input['page'], 'The page', 1, 9999, 'scorecard all page=2');
  const { name, seats, line, one } = await scopeOf(asked, input['seat']);
  if (seats.length === 0) return say('No seats yet', paragraph('Add the first one: ', bold('seat add')));
  const at = asked.clock.now();
  const shown = scorecardCard({
    scorecards: await loadScorecards(asked.store.read, asked.org, asked.zone, seats, at, weeks),
    title: name,
    at,
    line: weeks === SCORECARD_WEEKS ? line : `${line} weeks=${weeks}`,
    page,
  });
  // Who turns pages does not fill the channel.
  if (page > 1) return toMe(shown);
  return one === undefined ? toAll(shown) : toAllWhoSee(asked, one, shown);
}

/** The process-behaviour chart of one number. */
async function showOne(asked: Asked, seatKey: string, metricKey: string): Promise<Answer> {
  const db = asked.store.read;
  const seat = await needSeat(db, asked.org, seatKey);
  const metric = await needAnyMetric(db, asked.org, seat, metricKey);
  const shown = behaviourCard(await loadBehaviour(db, asked.org, seat, metric, asked.clock.now()));
  return toAllWhoSee(asked, seat, shown);
}

export const scorecardCommand: Command = {
  name: 'scorecard',
  aliases: ['numbers'],
  summary: 'The last thirteen weeks, as a picture and a table',
  examples: [
    'scorecard claims',
    'scorecard',
    'scorecard all',
    'scorecard claims weeks=26',
    'scorecard claims acceptance',
  ],
  verbs: [
    {
      name: '',
      usage: 'scorecard [seat|channel|all] [metric] [weeks=13]',
      summary:
        'of one seat, or of all that report in this channel, or of all; with a metric its process-behaviour chart',
      positional: ['seat', 'metric'],
      named: ['seat', 'metric', 'weeks', 'page'],
      run: (asked, input) =>
        input['seat'] === undefined || input['metric'] === undefined
          ? show(asked, input)
          : showOne(asked, input['seat'], input['metric']),
    },
  ],
};
