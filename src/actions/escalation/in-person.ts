import type { Wanted } from '../../../db/messages.ts';
import { peopleWithRole } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { sightOfChannel } from '../../../db/visibility.ts';
import { pingGroup } from '../../domain/escalation.ts';
import { governanceSubject } from '../subjects.ts';
import type { Turn } from './turn.ts';

/**
 * Chains that end in a channel which does not show their seat: governors and admins are told in person, or the end
 * would reach nobody.
 */
export async function endsInPerson(tx: Db, org: string, turns: readonly Turn[]): Promise<Wanted[]> {
  const wanted: Wanted[] = [];
  const ended = turns.filter(({ end, pings }) => end !== null && pings.some(isEnd));
  for (const [end, alike] of Map.groupBy(ended, (turn) => turn.end!)) {
    const { hidden } = (await sightOfChannel(tx, org, end, true)).sight;
    const unseen = alike.filter(({ seat }) => hidden.includes(seat.id));
    if (unseen.length === 0) continue;
    const governors = await peopleWithRole(tx, org, 'governor');
    wanted.push(...unseen.flatMap((turn) => governors.map(({ id }) => endFor(id, turn))));
  }
  return wanted;
}

const isEnd = ({ target, outcome }: Turn['pings'][number]): boolean =>
  target === 'governance channel' && outcome === 'pinged';

function endFor(person: string, { issue, pings }: Turn): Wanted {
  const from = pingGroup(pings.find(isEnd)!.notBefore);
  return {
    key: `governance:${person}:${issue.id}:${from}`,
    to: { kind: 'person', id: person },
    view: 'governance',
    args: { from, issue: issue.id },
    subject: governanceSubject(from),
  };
}
