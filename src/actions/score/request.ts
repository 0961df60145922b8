import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { type Person, peopleByIds } from '../../../db/people.ts';
import { openScoreRequests } from '../../../db/scores.ts';
import type { Wanted } from '../../../db/messages.ts';
import { DAY, HOUR, type Instant } from '../../clock.ts';
import { dueDay } from '../../domain/due.ts';
import { remindAt } from '../../domain/nudge.ts';
import { hasRole } from '../../domain/person.ts';
import { nextWorking } from '../../domain/working-time.ts';
import { conflict, invalid } from '../../errors.ts';
import { calendarOf } from '../../holidays.ts';
import { newId } from '../../ids.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needMember, needSeat } from '../find.ts';
import { optionalText } from '../inputs.ts';
import { assertScorable, requestSubject } from './store.ts';

/** What is due in the evening is remembered in the morning of the day before. */
const REMINDER = 32 * HOUR;

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  /** Person ids. */
  reviewers: z.array(z.string()).min(1, 'Please name at least one reviewer.').max(20),
  /** `2026-12-01`, `fri` or `5d`; a week from now when left out. */
  due: z.string().optional(),
  note: optionalText('the note', 1000),
});

/** Asks reviewers for their score of a seat by a day. Who does not score in time is reminded, then it becomes an issue. */
export const requestScores = defineAction({
  name: 'score.request',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    assertScorable(seat);
    const zone = (await orgById(tx, org))!.zone;
    const dueAt = dueDay(input.due ?? '7d', now, zone);
    const ids = [...new Set(input.reviewers)];
    for (const id of ids) await needMember(tx, org, id, 'score a seat', 'reviewers');
    const people = await peopleByIds(tx, org, ids);
    const outsiders = [...people.values()].filter((p) => !hasRole(p.role, 'reviewer'));
    if (outsiders.length > 0) {
      throw invalid(
        `${outsiders.map((p) => p.name).join(', ')} cannot score: only reviewers can. An admin can make them reviewers.`,
        { hint: 'admin grant @person reviewer', fields: { reviewers: 'Choose reviewers.' } },
      );
    }
    const asked = new Set((await openScoreRequests(tx, org, [seat.id])).map((request) => request.reviewer));
    const fresh = ids.filter((id) => !asked.has(id));
    if (fresh.length === 0)
      throw conflict(`They have been asked to score ${seat.key} already and have not answered yet.`);
    const rows = fresh.map((reviewer) => ({
      org,
      id: newId(),
      seat: seat.id,
      reviewer,
      by: person!.id,
      at: now,
      dueAt,
      note: input.note ?? null,
      state: 'open' as const,
      openFor: `${seat.id}:${reviewer}`,
    }));
    await tx.insert(tx.t.scoreRequests).values(rows);
    const late: FollowUp[] = rows.map(({ id }) => ({
      action: 'score.overdue',
      input: { request: id },
      key: `score-overdue:${id}`,
      dueAt,
    }));
    return {
      result: { seat: seat.key, asked: fresh, already: ids.filter((id) => asked.has(id)), dueAt },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { requests: rows.map(({ id, reviewer }) => ({ id, reviewer })), dueAt },
        text: { note: input.note ?? null },
      },
      shows: rows.flatMap(({ id, reviewer }) => {
        const { asked, reminded } = whenTold(people.get(reviewer)!, now, dueAt);
        return [
          asking(id, reviewer, 'asked', asked),
          ...(reminded === undefined ? [] : [asking(id, reviewer, 'reminded', reminded)]),
        ];
      }),
      changed: [`seat:${seat.id}`],
      followUps: late,
    };
  },
});

/** In working time, and once they are back; who is away for longer than they have finds it where they are asked. */
function whenTold(reviewer: Person, now: Instant, dueAt: Instant) {
  const calendar = calendarOf(reviewer);
  const back = Math.max(now, reviewer.awayUntil ?? now);
  const asked = nextWorking(back < dueAt ? back : now, calendar);
  const reminded = dueAt - asked > 2 * DAY ? remindAt(dueAt - REMINDER, dueAt, asked, calendar) : undefined;
  return { asked, reminded };
}

/** The request itself, and a reminder a day before it is due that is only shown while it is open. */
const asking = (request: string, person: string, why: 'asked' | 'reminded', notBefore: Instant): Wanted => ({
  key: `${requestSubject(request)}:${why}`,
  to: { kind: 'person', id: person },
  view: why === 'asked' ? 'score-request' : 'score-reminder',
  args: { request },
  subject: requestSubject(request),
  notBefore,
});
