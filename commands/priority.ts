import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { addPriority, endPriority, trackPriority } from '../src/actions/priority/index.ts';
import { prioritiesCard, seatPrioritiesCard } from '../src/cards/priority.ts';
import { parseQuarter, quarterAt } from '../src/domain/priority.ts';
import { invalid } from '../src/errors.ts';
import { loadPriorities, loadSeatPriorities } from '../src/queries/priority.ts';
import { seatsAround } from '../src/queries/scope.ts';
import { paragraph } from '../src/ui/card.ts';
import { bold } from '../src/ui/text.ts';
import type { Answer, Asked, Command } from './command.ts';
import { needPerson } from './people.ts';
import { openForm, say, toMe } from './reply.ts';

type Input = Readonly<Record<string, string>>;

function needRef(input: Input, verb: string): string {
  const { priority } = input;
  if (priority !== undefined) return priority;
  throw invalid('Which priority? Give its name.', { hint: `priority ${verb} CLAIMS-P1` });
}

/** What a word on a priority comes to, in one sentence. */
export function trackedSentence(tracked: {
  ref: string;
  on: boolean;
  week: string;
  issue: string | null;
}): string {
  const { ref, on, week, issue } = tracked;
  if (!on) return `${ref} is off track in ${week}: ${issue} is open about it.`;
  return issue === null
    ? `${ref} is on track in ${week}.`
    : `${ref} is back on track in ${week}. ${issue} says so, and stays open until it is solved.`;
}

async function track(asked: Asked, input: Input, on: boolean): Promise<Answer> {
  const priority = needRef(input, on ? 'on' : 'off');
  const note = input['note'] === undefined ? {} : { note: input['note'] };
  const tracked = await perform(asked, trackPriority, { priority, on, ...note });
  return say(on ? 'On track' : 'Off track', paragraph(trackedSentence(tracked)));
}

async function end(asked: Asked, input: Input, state: 'done' | 'dropped'): Promise<Answer> {
  const priority = needRef(input, state === 'done' ? 'done' : 'drop');
  const note = input['note'] === undefined ? {} : { note: input['note'] };
  const { ref } = await perform(asked, endPriority, { priority, state, ...note });
  return say(state === 'done' ? `${ref} is done` : `${ref} is dropped`);
}

async function list(asked: Asked, input: Input): Promise<Answer> {
  const { store, org, zone, clock } = asked;
  const now = clock.now();
  if (input['seat'] !== undefined) {
    const seat = await needSeat(store.read, org, input['seat']);
    const quarter =
      input['quarter'] === undefined ? undefined : parseQuarter(input['quarter'], quarterAt(now, zone));
    return toMe(seatPrioritiesCard(seat, await loadSeatPriorities(store.read, org, seat, now, quarter)));
  }
  const { name, seats } = await seatsAround(store.read, org, await asked.channel());
  return toMe(prioritiesCard(await loadPriorities(store.read, org, zone, seats, now), `in ${name}`));
}

export const priorityCommand: Command = {
  name: 'priority',
  aliases: ['priorities'],
  summary: 'Up to seven a quarter for a seat, each with one owner',
  defaultVerb: 'list',
  examples: [
    'priority add claims "Half the hand-offs" owner=@bo',
    'priority off CLAIMS-P1 "The vendor is late"',
    'priority list claims',
  ],
  verbs: [
    {
      name: 'add',
      usage: 'priority add <seat> "<title>" [owner=@person] [quarter=2026-Q4]',
      summary: 'what shall be reached; alone it opens a form',
      positional: ['seat', 'title', 'owner'],
      named: ['seat', 'title', 'owner', 'quarter'],
      async run(asked, input) {
        if (input['seat'] === undefined || input['title'] === undefined)
          return openForm('priority.add', { ...input });
        const owner =
          input['owner'] === undefined ? {} : { owner: (await needPerson(asked, input['owner'])).id };
        const { ref, quarter } = await perform(asked, addPriority, { ...input, ...owner });
        return say(
          `${ref} is added`,
          paragraph('For ', bold(quarter), '. Its owner says every week whether it is on track.'),
        );
      },
    },
    {
      name: 'on',
      usage: 'priority on <CLAIMS-P1> ["note"]',
      summary: 'this week it is on track; its owner or the accountable one says so',
      positional: ['priority', '...note'],
      run: (asked, input) => track(asked, input, true),
    },
    {
      name: 'off',
      usage: 'priority off <CLAIMS-P1> ["why"]',
      summary: 'this week it is off track: an issue opens about it',
      positional: ['priority', '...note'],
      run: (asked, input) => track(asked, input, false),
    },
    {
      name: 'done',
      usage: 'priority done <CLAIMS-P1> ["note"]',
      summary: 'it is reached',
      positional: ['priority', '...note'],
      run: (asked, input) => end(asked, input, 'done'),
    },
    {
      name: 'drop',
      usage: 'priority drop <CLAIMS-P1> ["why"]',
      summary: 'give it up; its place is free again',
      positional: ['priority', '...note'],
      run: (asked, input) => end(asked, input, 'dropped'),
    },
    {
      name: 'list',
      usage: 'priority list [seat] [quarter=2026-Q4]',
      summary: 'open ones around here, or all of one seat',
      positional: ['seat'],
      named: ['seat', 'quarter'],
      run: list,
    },
  ],
};
