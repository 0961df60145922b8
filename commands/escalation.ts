import { drillSeat } from '../src/actions/escalation/index.ts';
import { setPolicy } from '../src/actions/policy/index.ts';
import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { chainCard, planCard, policiesCard } from '../src/cards/escalation.ts';
import type { Severity } from '../src/domain/issue.ts';
import { invalid } from '../src/errors.ts';
import { loadChain, loadLastDrill, loadPolicy } from '../src/queries/escalation.ts';
import type { Asked, Command } from './command.ts';
import { shownIssue } from './issue-shown.ts';
import { openForm, toMe } from './reply.ts';

type Input = Readonly<Record<string, string>>;

const SEVERITIES: readonly Severity[] = [1, 2, 3, 4];

/** A seat, a severity, or both, in either order: `claims 2`, `2`. */
function about(input: Input): { readonly seat: string | undefined; readonly severity: Severity | undefined } {
  const words = [input['seat'], input['severity']].filter((word) => word !== undefined && word !== '');
  const number = words.find((word) => /^\d$/.test(word ?? ''));
  const severity = SEVERITIES.find((one) => String(one) === number);
  if (number !== undefined && severity === undefined)
    throw invalid(`There is no severity ${number}. 1 is critical, 4 is low.`, { hint: 'escalation show 1' });
  return { seat: words.find((word) => word !== number), severity };
}

/** The steps of a seat, with the people of now, or those of the organisation. */
export async function shownPolicies(
  asked: Asked,
  seatKey: string | undefined,
  severity: Severity | undefined,
) {
  const { org, zone } = asked;
  const db = asked.store.read;
  const wanted = severity === undefined ? SEVERITIES : [severity];
  if (seatKey === undefined)
    return toMe(policiesCard(await Promise.all(wanted.map((s) => loadPolicy(db, org, undefined, s))), zone));
  const seat = await needSeat(db, org, seatKey);
  const now = asked.clock.now();
  const chains = await Promise.all(wanted.map((s) => loadChain(db, org, seat, s, now)));
  return toMe(chainCard(chains, await loadLastDrill(db, org, seat.id)));
}

function needSeatWord(input: Input, verb: string): { seat: string; severity: Severity } {
  const { seat, severity } = about(input);
  if (seat === undefined)
    throw invalid('Which seat? Its key is missing.', { hint: `escalation ${verb} claims ${severity ?? 1}` });
  return { seat, severity: severity ?? 1 };
}

export const escalationCommand: Command = {
  name: 'escalation',
  aliases: ['escalations', 'policy'],
  summary: 'Whom an issue asks, and when, until somebody answers',
  defaultVerb: 'show',
  examples: ['escalation show claims 1', 'escalation edit claims 2', 'escalation test claims 1'],
  verbs: [
    {
      name: 'show',
      usage: 'escalation show [seat] [severity]',
      summary: 'the steps, and who that would be right now',
      positional: ['seat', 'severity'],
      async run(asked, input) {
        const { seat, severity } = about(input);
        return shownPolicies(asked, seat, severity);
      },
    },
    {
      name: 'edit',
      usage: 'escalation edit [seat] <severity> [steps="… / …" reason="…"]',
      summary:
        'change the steps, with a slash between them; “default” gives the default back; for governors, and the accountable owner of the seat',
      positional: ['seat', 'severity'],
      named: ['seat', 'severity', 'steps', 'reason|because'],
      async run(asked, input) {
        const { seat, severity } = about(input);
        const place = { ...(seat === undefined ? {} : { seat }), severity: String(severity ?? '') };
        if (severity === undefined)
          throw invalid('Which severity? 1 is critical, 4 is low.', {
            hint: `escalation edit ${seat === undefined ? '' : `${seat} `}2`,
          });
        const { steps, reason } = input;
        if (steps === undefined || reason === undefined)
          return openForm('escalation.edit', {
            ...place,
            ...(steps === undefined ? {} : { steps }),
            ...(reason === undefined ? {} : { reason }),
          });
        await perform(asked, setPolicy, { ...place, steps, reason });
        return shownPolicies(asked, seat, severity);
      },
    },
    {
      name: 'test',
      usage: 'escalation test <seat> [severity]',
      summary: 'a dry run: who would be pinged when; nobody is',
      positional: ['seat', 'severity'],
      async run(asked, input) {
        const { seat: key, severity } = needSeatWord(input, 'test');
        const db = asked.store.read;
        const seat = await needSeat(db, asked.org, key);
        return toMe(planCard(await loadChain(db, asked.org, seat, severity, asked.clock.now())));
      },
    },
    {
      name: 'drill',
      usage: 'escalation drill <seat> [severity]',
      summary: 'run the chain for real, marked as a drill, and keep who answered after how long',
      positional: ['seat', 'severity'],
      async run(asked, input) {
        const { seat, severity } = needSeatWord(input, 'drill');
        const { id } = await perform(asked, drillSeat, { seat, severity });
        return toMe(await shownIssue(asked, id));
      },
    },
  ],
};
