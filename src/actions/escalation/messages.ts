import type { Issue } from '../../../db/issues.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Org } from '../../../db/orgs.ts';
import type { Seat } from '../../../db/seats.ts';
import { type Advance, pingGroup } from '../../domain/escalation.ts';

/**
 * Direct messages to who was pinged, all that is asked of one person at one time in one; a line in the seat's channel
 * about vacant roles; the governance channel at the end.
 */
export function messagesOf(org: Org, seat: Seat, issue: Issue, next: Advance, now: number): Wanted[] {
  const about = { subject: `issue:${issue.id}` };
  const wanted: Wanted[] = next.pings
    .filter((p) => p.outcome === 'pinged')
    .map((p) => ({
      key: `pings:${p.person}:${pingGroup(p.notBefore)}`,
      to: { kind: 'person', id: p.person },
      view: 'pings',
      args: { person: p.person, from: pingGroup(p.notBefore) },
      subject: `pings:${p.person}`,
      notBefore: p.notBefore,
    }));
  if (next.vacant.length > 0 && seat.channel !== null) {
    wanted.push({
      key: `vacant:${seat.id}:${pingGroup(now)}`,
      to: { kind: 'channel', id: seat.channel },
      view: 'vacant',
      args: { seat: seat.id, from: pingGroup(now) },
      subject: `vacant:${seat.id}`,
      threadOf: `issue:${issue.id}:channel`,
    });
  }
  const end = org.governanceChannel ?? seat.channel;
  if (next.toGovernance && end !== null) {
    wanted.push({
      ...about,
      key: `issue:${issue.id}:governance:${next.repeats}`,
      to: { kind: 'channel', id: end },
      view: 'governance',
      args: { issue: issue.id, repeat: next.repeats },
    });
  }
  return wanted;
}
