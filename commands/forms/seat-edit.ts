import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { editSeat } from '../../src/actions/seat/index.ts';
import { HOLDER_KINDS, MAX_LEVEL, RISK_TIERS } from '../../src/domain/seat.ts';
import { loadSeatRecord } from '../../src/queries/seat-record.ts';
import { seatKeyById } from '../../src/queries/scope.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { changedSentence } from '../../src/cards/seat.ts';
import { shownRecord } from '../seat-record.ts';
import { optionsOf, seatField, texts } from './fields.ts';

const LEVELS = Array.from({ length: MAX_LEVEL }, (_, i) => String(i + 1));

/** What the seat itself is, with the present values; its record has a form of its own. */
export const seatEditForm: FormSpec = {
  name: 'seat.edit',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, editSeat, { seat: args['seat'] ?? '' });
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const { revision } = await loadSeatRecord(db, asked.org, seat);
    const parent = seat.parent === null ? undefined : await seatKeyById(db, asked.org, seat.parent);
    return {
      name: 'seat.edit',
      args: { seat: seat.key, seen: String(revision) },
      title: 'Edit a seat',
      submit: 'Save',
      items: [
        { kind: 'text', name: 'name', label: 'Name', max: 80, initial: seat.name },
        {
          kind: 'long_text',
          name: 'accountability',
          label: 'Accountable for',
          max: 300,
          hint: 'One measurable sentence.',
          initial: seat.accountability,
        },
        {
          kind: 'select',
          name: 'holder',
          label: 'Held by',
          options: optionsOf(HOLDER_KINDS, (kind) => (kind === 'ai' ? 'an AI' : 'a human')),
          initial: seat.holder,
        },
        {
          kind: 'select',
          name: 'risk',
          label: 'Risk tier',
          options: optionsOf(RISK_TIERS),
          initial: seat.risk,
        },
        {
          kind: 'select',
          name: 'level',
          label: 'Agentic level',
          options: optionsOf(LEVELS),
          hint: 'Raised one at a time, by a governor.',
          initial: String(seat.level),
        },
        {
          ...(await seatField(asked, parent)),
          name: 'parent',
          label: 'Reports to',
          optional: true,
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { changed } = await perform(asked, editSeat, { parent: 'none', ...filled, ...args });
    return toMe(await shownRecord(asked, args['seat'] ?? '', changedSentence(changed)));
  },
};
