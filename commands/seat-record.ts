import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { editSeat } from '../src/actions/seat/index.ts';
import { changedSentence } from '../src/cards/seat.ts';
import { seatRecordCard } from '../src/cards/seat-record.ts';
import { RECORD_NAMES, given, namedOf } from '../src/domain/record-names.ts';
import { invalid } from '../src/errors.ts';
import { loadSeatRecord } from '../src/queries/seat-record.ts';
import { note } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { openForm, toMe } from './reply.ts';

const ITSELF = ['name', 'accountability', 'holder', 'risk', 'level', 'parent', 'vendors'] as const;

/** The record of a seat as it stands now. */
export async function shownRecord(asked: Asked, key: string, said?: string) {
  const db = asked.store.read;
  const seat = await needSeat(db, asked.org, key);
  const shown = seatRecordCard(await loadSeatRecord(db, asked.org, seat));
  return said === undefined ? shown : { ...shown, body: [note(said), ...shown.body] };
}

function needKey(input: Readonly<Record<string, string>>, verb: string): string {
  if (input['seat'] !== undefined) return input['seat'];
  throw invalid('Which seat? Give its key.', { hint: `seat ${verb} claims` });
}

export const seatRecordVerbs: Command['verbs'] = [
  {
    name: 'record',
    aliases: ['inventory'],
    usage: 'seat record <key>',
    summary: 'what the inventory says of a seat, and what is missing',
    positional: ['seat'],
    run: async (asked, input) => toMe(await shownRecord(asked, needKey(input, 'record'))),
  },
  {
    name: 'edit',
    usage:
      'seat edit <key> [name="…"] [accountability="…"] [risk=high] [level=3] [holder=human] [parent=<key>|none] [use-case="…"] [users="…"] [data="…; …"] [model="…"] [provider="…"] [systems="…; …"] [posture="…"] [source="…"] [vendors=<key>,<key>]',
    summary: 'change a seat and its record; with the key alone it opens a form',
    positional: ['seat'],
    named: [
      'seat',
      'vendors|vendor',
      'parent|reports-to|above',
      ...ITSELF.filter((name) => name !== 'vendors' && name !== 'parent'),
      ...namedOf(RECORD_NAMES),
    ],
    async run(asked, input) {
      const seat = needKey(input, 'edit');
      if (Object.keys(input).length === 1) {
        const { key } = await needSeat(asked.store.read, asked.org, seat);
        return openForm('seat.edit', { seat: key });
      }
      const fields = Object.fromEntries(
        ITSELF.flatMap((name) => (input[name] === undefined ? [] : [[name, wordOf(name, input[name])]])),
      );
      const { changed } = await perform(asked, editSeat, {
        seat,
        ...fields,
        record: given(RECORD_NAMES, input),
      });
      return toMe(await shownRecord(asked, seat, changedSentence(changed)));
    },
  },
];

const wordOf = (name: string, text: string): string =>
  name === 'holder' || name === 'risk' ? text.toLowerCase() : text;
