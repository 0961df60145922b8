import { z } from 'zod';
import { channelById, orgById } from '../../../db/orgs.ts';
import { type Seat, seatByKey } from '../../../db/seats.ts';
import { seesAll } from '../../../db/sight.ts';
import {
  FIRST_STAGES,
  HOLDER_KINDS,
  MAX_LEVEL,
  NEW_STAGES,
  RISK_TIERS,
  parseKey,
} from '../../domain/seat.ts';
import { conflict, notFound } from '../../errors.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { anyone, atLeast } from '../allow.ts';
import { needSeat } from '../find.ts';
import { oneOf, sentence, wholeNumber } from '../inputs.ts';
import { nameOwner } from './name-owner.ts';
import { createSeats } from './write.ts';

const input = z.object({
  key: z.string().transform((text) => parseKey(text, 'seat')),
  name: sentence('the name of the seat', 80),
  accountability: sentence('what the seat is accountable for, in one sentence', 300),
  holder: oneOf('a kind of holder', HOLDER_KINDS).default('ai'),
  risk: oneOf('a risk tier', RISK_TIERS).default('medium'),
  stage: oneOf('a stage for a new seat', NEW_STAGES).default('proposed'),
  level: wholeNumber('The level', 1, MAX_LEVEL).default(1),
  /** Channel id. */
  channel: z.string().optional(),
  /** Key of the seat above. */
  parent: z.string().optional(),
  /** Person id; whoever adds the seat when left out. */
  accountable: z.string().optional(),
});
type Input = z.output<typeof input>;

/** Level and stage are granted by a governor one at a time: nobody gets them by adding a seat. */
async function whoMayAdd(s: Scope<Input>): Promise<Verdict> {
  const { level, stage } = s.input;
  const first = FIRST_STAGES.some((one) => one === stage);
  const member = anyone(s);
  if (!member.allowed || (first && level === 1)) return member;
  const verdict = await atLeast('governor')(s);
  if (verdict.allowed) return verdict;
  return {
    ...verdict,
    why: `A new seat begins on level 1, in ${FIRST_STAGES.join(' or ')}. To add one as it stands is for governors.`,
    fields: {
      ...(level > 1 ? { level: 'Level 1: only a governor adds it higher.' } : {}),
      ...(first ? {} : { stage: 'Only a governor adds it this far.' }),
    },
  };
}

/** Adds a seat. Its adder is accountable, and has accepted, unless somebody else is named. */
export const addSeat = defineAction({
  name: 'seat.add',
  input,
  allow: whoMayAdd,
  async run({ tx, org, now, input, person }) {
    const all = seesAll(tx, 'a key is taken by a hidden seat, too');
    if ((await seatByKey(all, org, input.key)) !== undefined) {
      if ((await seatByKey(tx, org, input.key)) === undefined)
        throw conflict(`The key “${input.key}” cannot be used. Please choose another one.`, {
          fields: { key: 'This key cannot be used.' },
        });
      throw conflict(`There is already a seat “${input.key}”.`, {
        hint: `seat show ${input.key}`,
        fields: { key: 'This key is taken.' },
      });
    }
    if (input.channel !== undefined && (await channelById(tx, org, input.channel)) === undefined) {
      throw notFound('That channel is not known here.', {
        fields: { channel: 'Invite Coxswain to the channel first.' },
      });
    }
    const parent = input.parent === undefined ? null : (await needSeat(tx, org, input.parent)).id;
    const by = person!.id;
    const [seat] = (await createSeats(tx, { org, now, by }, [
      {
        key: input.key,
        name: input.name,
        holder: input.holder,
        accountability: input.accountability,
        stage: input.stage,
        level: input.level,
        risk: input.risk,
        parent,
        channel: input.channel ?? (await orgById(tx, org))?.governanceChannel ?? null,
      },
    ])) as [Seat];
    const named = await nameOwner(tx, {
      org,
      now,
      by,
      seat,
      role: 'accountable',
      person: input.accountable ?? by,
    });
    const { key, stage, risk, holder, level } = seat;
    return {
      result: { id: seat.id, key },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { key, stage, risk, holder, level, accountable: input.accountable ?? by },
        text: { name: seat.name, accountability: seat.accountability },
      },
      ...named,
    };
  },
});
