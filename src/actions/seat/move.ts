import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { ownersOfSeat } from '../../../db/owners.ts';
import { type Seat, seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { isUpwards, nextStage } from '../../domain/funnel.ts';
import { STAGES, type Stage, vacantOfFour } from '../../domain/seat.ts';
import { conflict, forbidden, invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';
import { oneOf, sentence } from '../inputs.ts';
import { NOTHING_ENDED, windDown } from './wind-down.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Which seat? Give its key.' }),
  stage: oneOf('a stage', STAGES),
  because: sentence('the reason', 1000),
});
type Input = z.output<typeof input>;

/** Down or out is the accountable owner's right, too; upwards is a governor's. Where it stands it is moved by nobody. */
async function whoMayMove(s: Scope<Input>): Promise<Verdict> {
  const seat = await needSeat(s.tx, s.org, s.input.seat);
  const { stage: to } = s.input;
  if (to === seat.stage) throw standsThere(seat);
  if (!isUpwards(seat.stage, to)) return either(atLeast('governor'), ownerOfNamedSeat(['accountable']))(s);
  const verdict = await atLeast('governor')(s);
  if (verdict.allowed) return verdict;
  const does = seat.stage === 'retired' ? 'takes a retired seat back' : 'moves a seat upwards';
  throw forbidden(`Only ${verdict.whoMay} ${does}.`, {
    fields: { stage: 'Only a governor moves it there.' },
  });
}

const standsThere = ({ name, stage }: Seat) =>
  conflict(stage === 'retired' ? `${name} is retired already.` : `${name} is in ${stage} already.`, {
    fields: { stage: 'It is there already.' },
  });

/** Moves a seat to another stage: one stage at a time upwards, down or out at any time, always with a reason. */
export const moveSeat = defineAction({
  name: 'seat.move',
  input,
  allow: whoMayMove,
  async run({ tx, org, now, input, person }) {
    const { seats, stageChanges } = tx.t;
    const seat = await needSeat(tx, org, input.seat);
    await assertStep(tx, org, seat, input.stage);
    const [moved] = await tx
      .update(seats)
      .set({ stage: input.stage })
      .where(and(eq(seats.org, org), eq(seats.id, seat.id), eq(seats.stage, seat.stage)))
      .returning({ id: seats.id });
    if (moved === undefined) {
      const stage = (await seatById(tx, org, seat.id))?.stage ?? seat.stage;
      throw conflict(`${seat.name} was just moved to ${stage} by somebody else. Please look again.`);
    }
    const { from, to } = { from: seat.stage, to: input.stage };
    const change = { org, id: newId(), seat: seat.id, from, to, at: now, by: person!.id };
    await tx.insert(stageChanges).values({ ...change, reason: input.because });
    const by = person!.id;
    const ended =
      to === 'retired'
        ? await windDown(tx, { org, now, by, seat: seat.id, because: input.because })
        : NOTHING_ENDED;
    const { changed, followUps } = ended;
    const names = { issues: [...ended.issues], priorities: [...ended.priorities] };
    return {
      result: { seat: seat.key, from, to, ended: names },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { from, to, ...(to === 'retired' ? names : {}) },
        text: { because: input.because },
      },
      changed: [`seat:${seat.id}`, ...changed],
      followUps,
    };
  },
});

async function assertStep(tx: Db, org: string, seat: Seat, to: Stage): Promise<void> {
  const { key, name, stage: from } = seat;
  if (to === from) throw standsThere(seat);
  if (!isUpwards(from, to)) return;
  const next = nextStage(from);
  if (to !== next) {
    const way =
      from === 'retired'
        ? 'retired: it comes back to'
        : `in ${from}: upwards it goes one stage at a time, so to`;
    throw invalid(`${name} is ${way} ${next}.`, {
      hint: `seat move ${key} ${next} because="…"`,
      fields: { stage: from === 'retired' ? `It comes back to ${next}.` : `One stage at a time: ${next}.` },
    });
  }
  if (from !== 'pilot') return;
  const vacant = vacantOfFour(await ownersOfSeat(tx, org, seat.id));
  if (vacant.length === 0) return;
  throw invalid(
    `${name} cannot leave pilot without its four owners: ${vacant.join(', ')} ${vacant.length === 1 ? 'is' : 'are'} vacant.`,
    { hint: `seat own ${key} ${vacant[0]} @somebody`, fields: { stage: `Vacant: ${vacant.join(', ')}.` } },
  );
}
