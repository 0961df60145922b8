import type { Wanted } from '../../../db/messages.ts';
import type { Instant } from '../../clock.ts';

/**
 * The digest's message of one week, and what does not fit into it in its thread. Their keys make them one, whatever
 * crashes or runs twice.
 */
export function digestMessages(channel: string, nominal: Instant, late: boolean): Wanted[] {
  const key = `digest:${channel}:${nominal}`;
  const common = {
    to: { kind: 'channel' as const, id: channel },
    subject: `digest:${channel}`,
  };
  return [
    { ...common, key, view: 'digest', args: { channel, at: nominal, late } },
    {
      ...common,
      key: `${key}:details`,
      view: 'digest-details',
      args: { channel, at: nominal },
      threadOf: key,
    },
  ];
}
