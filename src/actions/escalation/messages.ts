import type { Issue } from '../../../db/issues.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Org } from '../../../db/orgs.ts';
import type { Seat } from '../../../db/seats.ts';
import { type Advance, pingGroup } from '../../domain/escalation.ts';
import { askedSubject, governanceSubject } from '../subjects.ts';

/** Where escalations of this seat end: null when nobody could be told there. */
export const governanceOf = (org: Org, seat: Seat): string | null => org.governanceChannel ?? seat.channel;

/**
 * Direct messages to who was pinged, all that is asked of one person at one time in one; a line in the seat's channel
 * about vacant roles; the governance channel at the end.
 */
export function messagesOf(
  end: string | null,
  seat: Seat,
  issue: Issue,
  next: Advance,
  now: number,
): Wanted[] {
  // What is critical has a message of its own: joining one that is shown already would notify nobody.
  const alone = issue.severity === 1 ? `:${issue.id}` : '';
  const wanted: Wanted[] = next.pings
    .filter((p) => p.outcome === 'pinged')
    .map((p) => ({
      key: `${askedSubject(p.person, pingGroup(p.notBefore))}${alone}`,
      to: { kind: 'person', id: p.person },
      view: 'pings',
      args: {
        person: p.person,
        from: pingGroup(p.notBefore),
        ...(issue.severity === 1 ? { issue: issue.id } : {}),
      },
      subject: askedSubject(p.person, pingGroup(p.notBefore)),
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
  if (next.toGovernance && end !== null) {
    wanted.push({
      key: `governance:${end}:${pingGroup(now)}`,
      to: { kind: 'channel', id: end },
      view: 'governance',
      args: { from: pingGroup(now) },
      subject: governanceSubject(pingGroup(now)),
    });
  }
  return wanted;
}
