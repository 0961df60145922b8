import { type Digest, digestOfChannel } from '../../../db/digests.ts';
import { type Channel, channelById } from '../../../db/orgs.ts';
import { listSeats } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { notFound } from '../../errors.ts';
import type { Scope, Verdict } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';

interface InChannel {
  readonly channel: string;
}

/** Owners of any seat that reports in the channel. */
async function ownerInChannel(s: Scope<InChannel>): Promise<Verdict> {
  const seats = await listSeats(s.tx, s.org, { channel: s.input.channel });
  for (const seat of seats) {
    const verdict = await ownerOf<InChannel>(() => seat.id)(s);
    if (verdict.allowed) return verdict;
  }
  return { allowed: false, whoMay: 'an owner of a seat that reports here' };
}

/** A governor, or an owner of a seat that reports in the channel. */
export const mayRunDigest = either<InChannel>(atLeast('governor'), ownerInChannel);

/** A channel that can be posted in, or a sentence. */
export async function needPostable(db: Db, org: string, id: string): Promise<Channel> {
  const channel = await channelById(db, org, id);
  if (channel !== undefined && channel.kind !== 'direct') return channel;
  throw notFound(
    'A digest is posted in a channel. Use this command in the channel, and invite Coxswain there first.',
  );
}

/** The digest of a channel, or a sentence with how to set one. */
export async function needDigest(db: Db, org: string, channel: string): Promise<Digest> {
  const digest = await digestOfChannel(db, org, channel);
  if (digest !== undefined) return digest;
  throw notFound('No weekly digest is set for this channel.', {
    hint: 'digest here mon 09:00 Europe/Berlin',
  });
}

/** Subject and slot of an executive digest: `person:<id>` or `channel:<id>`. */
export const executiveTarget = (to: {
  readonly toKind: 'person' | 'channel';
  readonly toId: string;
}): string => `${to.toKind}:${to.toId}`;
