import { addSeat, moveSeat, ownSeat, reportIn, setSeatVisibility } from '../src/actions/seat/index.ts';
import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { ownerHistoryCard, seatCard } from '../src/cards/seat.ts';
import { invalid } from '../src/errors.ts';
import { OWNER_ROLES } from '../src/domain/seat.ts';
import { VISIBILITIES } from '../src/domain/visibility.ts';
import { loadOwnerHistory, loadSeat } from '../src/queries/seat.ts';
import { commandButton, buttons, paragraph } from '../src/ui/card.ts';
import { searchOf } from '../src/domain/seat-filter.ts';
import { seatsOfOrg } from '../src/queries/scope.ts';
import { acceptOffers } from './accept.ts';
import type { Asked, Command } from './command.ts';
import { seatMoved } from './forms/seat-move.ts';
import { visibilitySet } from './forms/seat-visibility.ts';
import { needPerson } from './people.ts';
import { openForm, say, toMe } from './reply.ts';
import { seatListVerbs, seatPage } from './seat-list.ts';
import { seatRecordVerbs } from './seat-record.ts';

async function showSeat(asked: Asked, key: string) {
  const db = asked.store.read;
  const seat = await needSeat(db, asked.org, key);
  const now = asked.clock.now();
  return toMe(seatCard(await loadSeat(db, asked.org, seat, now), now));
}

/** With a seat that is there, if there is one. */
const exampleOf = async (asked: Asked) =>
  `seat history ${(await seatsOfOrg(asked.store.read, asked.org)).seats[0]?.key ?? 'claims'}`;

export const seatCommand: Command = {
  name: 'seat',
  aliases: ['seats'],
  summary: 'Seats: one job, one accountable owner',
  defaultVerb: 'list',
  examples: [
    'seat add claims "Claims triage" "Sorts incoming claims within one hour"',
    'seat own claims platform @bo',
    'seat show claims',
    'seat list fraud stage=pilot risk=high',
    'seat edit claims provider="Lakeside AI" data="Claims; Policies"',
    'seat export format=csv',
  ],
  verbs: [
    {
      name: 'add',
      usage: 'seat add <key> "<name>" "<accountability>" [stage=pilot] [level=1] [risk=medium] [holder=ai]',
      summary: 'add a seat; alone it opens a form',
      positional: ['key', 'name', 'accountability'],
      named: ['key', 'name', 'accountability', 'stage', 'risk', 'holder', 'level', 'parent', 'accountable'],
      async run(asked, input) {
        if (
          input['key'] === undefined ||
          input['name'] === undefined ||
          input['accountability'] === undefined
        ) {
          return openForm('seat.add', { ...input });
        }
        const accountable =
          input['accountable'] === undefined
            ? {}
            : { accountable: (await needPerson(asked, input['accountable'])).id };
        const channel = await asked.channel();
        const seat = await perform(asked, addSeat, {
          ...input,
          ...accountable,
          ...(channel === undefined ? {} : { channel }),
        });
        return showSeat(asked, seat.key);
      },
    },
    {
      name: 'show',
      usage: 'seat show <key>',
      summary: 'the seat, its owners, numbers, readiness and issues',
      positional: ['seat'],
      async run(asked, input) {
        return input['seat'] === undefined
          ? toMe(await seatPage(asked, searchOf([], {}), 1))
          : showSeat(asked, input['seat']);
      },
    },
    ...seatListVerbs,
    ...seatRecordVerbs,
    {
      name: 'own',
      usage: 'seat own <key> <role> @person',
      summary: `name an owner; roles: ${OWNER_ROLES.join(', ')}`,
      positional: ['seat', 'role', 'person'],
      async run(asked, input) {
        if (input['seat'] === undefined || input['role'] === undefined || input['person'] === undefined) {
          return openForm('seat.own', { ...input });
        }
        const person = await needPerson(asked, input['person']);
        const { seat, role } = await perform(asked, ownSeat, {
          seat: input['seat'],
          role: input['role'].toLowerCase(),
          person: person.id,
        });
        const next =
          person.id === asked.me.id
            ? 'You have accepted by naming yourself.'
            : `${person.name} is asked to accept; until then the role counts as vacant.`;
        return say(
          `${person.name} is named ${role} owner of ${seat}`,
          paragraph(next),
          buttons(commandButton('Show the seat', `seat show ${seat}`)),
        );
      },
    },
    {
      name: 'accept',
      usage: 'seat accept [key] [role]',
      summary: 'accept the roles you were named for',
      positional: ['seat', 'role'],
      async run(asked, input) {
        const seat = input['seat']?.toLowerCase();
        const role = input['role']?.toLowerCase();
        const mine = await acceptOffers(
          asked,
          (o) => (seat === undefined || o.seat.key === seat) && (role === undefined || o.role === role),
        );
        return say(
          'You accepted',
          paragraph(mine.map((o) => `${o.role} owner of ${o.seat.name}`).join(', ')),
        );
      },
    },
    {
      name: 'import',
      usage: 'seat import',
      summary: 'bring an inventory in from a file; it is looked at first',
      positional: [],
      run: async () => openForm('seat.import', {}),
    },
    {
      name: 'here',
      usage: 'seat here <key>',
      summary: 'let the seat report in this channel: its issues, and its line in the digest',
      positional: ['seat'],
      async run(asked, input) {
        const channel = await asked.channel();
        if (channel === undefined)
          throw invalid('Type this in the channel where the seat shall report.', {
            hint: 'seat here claims',
          });
        const { seat, name } = await perform(asked, reportIn, { ...input, channel });
        return say(
          `${seat} reports in #${name} now`,
          buttons(commandButton('Show the seat', `seat show ${seat}`)),
        );
      },
    },
    {
      name: 'move',
      usage: 'seat move <key> <stage> because="…"',
      summary: 'to another stage, with the reason; alone it opens a form',
      positional: ['seat', 'stage', '...because'],
      named: ['seat', 'stage', 'because'],
      async run(asked, input) {
        if (input['seat'] !== undefined) await needSeat(asked.store.read, asked.org, input['seat']);
        if (input['seat'] === undefined || input['stage'] === undefined || !input['because'])
          return openForm('seat.move', { ...input });
        const stage = input['stage'].toLowerCase();
        return seatMoved(await perform(asked, moveSeat, { ...input, stage }));
      },
    },
    {
      name: 'retire',
      usage: 'seat retire <key> because="…"',
      summary: 'out of use: what is open about it ends, its history stays; alone it opens a form',
      positional: ['seat', '...because'],
      named: ['seat', 'because'],
      async run(asked, input) {
        if (input['seat'] !== undefined) await needSeat(asked.store.read, asked.org, input['seat']);
        if (input['seat'] === undefined || !input['because']) return openForm('seat.retire', { ...input });
        return seatMoved(await perform(asked, moveSeat, { ...input, stage: 'retired' }));
      },
    },
    {
      name: 'visibility',
      usage: `seat visibility <key> <${VISIBILITIES.join('|')}> because="…"`,
      summary: 'who may see the seat and all about it; alone it opens a form',
      positional: ['seat', 'visibility', '...because'],
      named: ['seat', 'visibility', 'because'],
      async run(asked, input) {
        if (input['seat'] === undefined || input['visibility'] === undefined || !input['because'])
          return openForm('seat.visibility', { ...input });
        const visibility = input['visibility'].toLowerCase();
        return visibilitySet(await perform(asked, setSeatVisibility, { ...input, visibility }));
      },
    },
    {
      name: 'history',
      usage: 'seat history <key>',
      summary: 'everyone who ever was named, and its stages, with the dates',
      positional: ['seat'],
      async run(asked, input) {
        const db = asked.store.read;
        if (input['seat'] === undefined)
          throw invalid('Which seat? Its key is missing.', { hint: await exampleOf(asked) });
        const seat = await needSeat(db, asked.org, input['seat']);
        return toMe(ownerHistoryCard(await loadOwnerHistory(db, asked.org, seat)));
      },
    },
  ],
};
