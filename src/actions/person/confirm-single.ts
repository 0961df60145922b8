import { z } from 'zod';
import { conflict } from '../../errors.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needMember } from '../find.ts';
import { mayHaveTwin } from '../one-account.ts';
import { confirm, singleSubject } from './settled.ts';

/** Nobody confirms it of themselves, but for the only admin, whom `askSingle` serves. */
async function anotherAdmin(s: Scope<{ person: string }>): Promise<Verdict> {
  if (s.person?.id === s.input.person) return { allowed: false, whoMay: 'another admin' };
  return atLeast('admin')(s);
}

/** An admin confirms that somebody has no other account here, so that their approvals count. */
export const confirmSingle = defineAction({
  name: 'person.confirm-single',
  /** Person id. */
  input: z.object({ person: z.string() }),
  allow: anotherAdmin,
  async run({ tx, org, now, input, person }) {
    const who = await needMember(tx, org, input.person, 'be confirmed', 'person');
    if (!(await mayHaveTwin(tx, org, who))) throw conflict(`Nobody doubts that ${who.name} has one account.`);
    await confirm(tx, org, who.id, person!.id, now);
    return {
      result: { name: who.name },
      audit: { subject: `person:${who.id}`, facts: { single: who.id } },
      shows: [
        {
          key: `single-said:${who.id}:${now}`,
          to: { kind: 'person', id: who.id },
          view: 'single-said',
          args: { person: who.id },
          subject: singleSubject(who.id),
        },
      ],
      changed: [singleSubject(who.id)],
    };
  },
});
