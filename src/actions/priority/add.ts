import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { freePlaces, nextPriorityNumber } from '../../../db/priorities.ts';
import { MOST_PRIORITIES, parseQuarter, priorityRef, quarterAt } from '../../domain/priority.ts';
import { conflict, invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needMember, needSeat } from '../find.ts';
import { optionalText, sentence } from '../inputs.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Which seat? Give its key.' }),
  title: sentence('what shall be reached, in one line', 200),
  /** Person id; whoever adds it when left out. */
  owner: z.string().optional(),
  /** `2026-Q4`; the present one when left out. */
  quarter: optionalText('the quarter', 20),
});

/** Adds a priority of a seat: at most seven a quarter, each with one owner. */
export const addPriority = defineAction({
  name: 'priority.add',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const present = quarterAt(now, (await orgById(tx, org))!.zone);
    const quarter = input.quarter === undefined ? present : parseQuarter(input.quarter, present);
    if (quarter < present) {
      throw invalid(`${quarter} is over: a priority is for the present quarter or a later one.`, {
        hint: `quarter=${present}`,
        fields: { quarter: `Give ${present} or a later one.` },
      });
    }
    const owner = input.owner ?? person!.id;
    await needMember(tx, org, owner, 'own a priority', 'owner');
    const [place] = await freePlaces(tx, org, seat.id, quarter);
    if (place === undefined) {
      throw conflict(
        `${seat.name} has its ${MOST_PRIORITIES} priorities for ${quarter} already. More would be none: drop one, or plan it for a later quarter.`,
        { hint: `priority list ${seat.key}` },
      );
    }
    const ref = priorityRef(seat.key, await nextPriorityNumber(tx, org, seat.id));
    const id = newId();
    await tx.insert(tx.t.priorities).values({
      org,
      id,
      ref,
      seat: seat.id,
      quarter,
      title: input.title,
      owner,
      state: 'open',
      createdAt: now,
      place,
    });
    return {
      result: { id, ref, seat: seat.key, quarter },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { priority: id, ref, quarter, owner },
        text: { title: input.title },
      },
    };
  },
});
