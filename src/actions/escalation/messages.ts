import type { Wanted } from '../../../db/messages.ts';
import { idOf, pingGroup } from '../../domain/escalation.ts';
import { askedSubject, channelSubject, governanceSubject } from '../subjects.ts';
import type { NewPing, Turn } from './turn.ts';

/** The issue, as far as a message about it has to know. */
type About = { readonly id: string; readonly severity: number };

/** The direct message to who is asked: all that is asked of one person at one time in one. */
export function askedMessage(issue: About, person: string, notBefore: number): Wanted {
  const from = pingGroup(notBefore);
  // What is critical has a message of its own: joining one that is shown already would notify nobody.
  const alone = issue.severity === 1;
  const subject = askedSubject(person, from);
  return {
    key: alone ? `${subject}:${issue.id}` : subject,
    to: { kind: 'person', id: person },
    view: 'pings',
    args: { person, from, ...(alone ? { issue: issue.id } : {}) },
    subject,
    notBefore,
  };
}

/** A line in the thread of the issue, about who could not be asked at one time. */
export const passedMessage = (
  seat: { readonly id: string; readonly channel: string },
  issue: string,
  at: number,
): Wanted => ({
  key: `vacant:${seat.id}:${pingGroup(at)}`,
  to: { kind: 'channel', id: seat.channel },
  view: 'vacant',
  args: { seat: seat.id, from: pingGroup(at) },
  subject: `vacant:${seat.id}`,
  threadOf: `issue:${issue}:channel`,
});

const PASSED = ['vacant', 'away', 'unreachable'] as const;

function messageOf({ issue, seat, end }: Turn, ping: NewPing, now: number, office: string | null): Wanted[] {
  const channel = idOf(ping.target, 'channel');
  if (ping.target === 'governance channel') {
    const held = ping.outcome === 'away';
    const to = held ? office : end;
    const from = pingGroup(ping.notBefore);
    if (to === null) return [];
    return [
      {
        key: `${held ? 'held' : 'governance'}:${to}:${from}`,
        to: { kind: 'channel', id: to },
        view: held ? 'held' : 'governance',
        args: { from, channel: to },
        subject: governanceSubject(from),
      },
    ];
  }
  if (channel !== undefined && ping.outcome === 'pinged') {
    const from = pingGroup(ping.notBefore);
    return [
      {
        key: channelSubject(channel, from),
        to: { kind: 'channel', id: channel },
        view: 'channel-asked',
        args: { channel, from },
        subject: channelSubject(channel, from),
        notBefore: ping.notBefore,
      },
    ];
  }
  if (PASSED.some((outcome) => outcome === ping.outcome)) {
    const { channel: home } = seat;
    return home === null ? [] : [passedMessage({ id: seat.id, channel: home }, issue.id, now)];
  }
  return ping.person === null || ping.outcome === 'own doing'
    ? []
    : [askedMessage(issue, ping.person, ping.notBefore)];
}

/**
 * Direct messages to who is asked, a line in the seat's channel about who could not be, the channels of the step, and
 * the governance channel at the end. `office` is the organisation's governance channel.
 */
export const messagesOf = (turn: Turn, now: number, office: string | null): Wanted[] => [
  ...new Map(turn.pings.flatMap((p) => messageOf(turn, p, now, office)).map((w) => [w.key, w])).values(),
];
