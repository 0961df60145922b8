import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { presentKey, presentReading } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { ownersOfSeat } from '../../../db/owners.ts';
import { formatNumber } from '../../domain/metric.ts';
import { periodFromKey } from '../../domain/period.ts';
import { conflict, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { needAnyMetric, needSeat } from '../find.ts';
import { sentence } from '../inputs.ts';

const input = z.object({
  seat: z.string(),
  metric: z.string(),
  /** Key of the period whose reading the note is about. */
  period: z.string().trim(),
  note: sentence('the note', 1000),
});
type Input = z.output<typeof input>;

async function numberOwner(s: Scope<Input>): Promise<Verdict> {
  const seat = await needSeat(s.tx, s.org, s.input.seat);
  const metric = await needAnyMetric(s.tx, s.org, seat, s.input.metric);
  const owners = (await ownersOfSeat(s.tx, s.org, seat.id)).filter((o) => o.acceptedAt !== null);
  const me = s.person?.id;
  if (me !== undefined && (metric.owner === me || owners.some((o) => o.person === me)))
    return { allowed: true, right: 'owner of the number' };
  return { allowed: false, whoMay: `an owner of ${seat.key}` };
}

/** Readings are never edited: a note is a correction with the same value. Nothing is judged anew. */
export const noteReading = defineAction({
  name: 'metric.note',
  input,
  allow: either<Input>(atLeast('governor'), numberOwner),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needAnyMetric(tx, org, seat, input.metric);
    const zone = (await orgById(tx, org))!.zone;
    const typed = input.period.toUpperCase();
    // A reading of before the cadence changed has a key of the old form.
    const reading =
      (await presentReading(tx, org, metric.id, typed)) ??
      (await presentReading(tx, org, metric.id, periodFromKey(metric.cadence, typed, zone).key));
    if (reading === undefined) {
      throw notFound(`There is no value of ${metric.name} for ${typed}, so there is nothing to note.`, {
        hint: `log ${seat.key} ${metric.key} ${formatNumber(metric.target)} "…" period=${typed}`,
        fields: { period: 'No value came for this period.' },
      });
    }
    const { readings } = tx.t;
    const id = newId();
    const [freed] = await tx
      .update(readings)
      .set({ present: null })
      .where(and(eq(readings.org, org), eq(readings.id, reading.id), eq(readings.present, reading.present!)))
      .returning({ id: readings.id });
    if (freed === undefined) throw conflict('Somebody has just corrected this value. Look at it again.');
    await tx.insert(readings).values({
      ...reading,
      id,
      at: now,
      reporter: person!.id,
      note: input.note,
      present: presentKey(metric.id, reading.period),
      supersedes: reading.id,
    });
    return {
      result: { seat: seat.key, key: metric.key, period: reading.period, value: reading.value },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, period: reading.period, reading: id },
        text: { note: input.note },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
