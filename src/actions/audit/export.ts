import { z } from 'zod';
import { keepExport } from '../../../db/audit-exports.ts';
import { readHead } from '../../../db/audit.ts';
import { messageByKey, type Wanted } from '../../../db/messages.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { type ExportedHead, printHead, signedText } from '../../domain/audit-head.ts';
import { periodOf } from '../../domain/period.ts';
import { unavailable } from '../../errors.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { atLeast, onlyCoxswain } from '../allow.ts';

/**
 * Signs the head of the audit chain and gives it away: to the channel, the first of a week as a post of its own and the
 * others in its thread, and to the file (jobs/heads.ts). A post is never updated: what was given away stays as it was.
 */
export const exportHead = defineAction({
  name: 'audit.export',
  input: z.object({}),
  allow: (s) => (s.person === undefined ? onlyCoxswain(s) : atLeast('governor')(s)),
  async run({ tx, org, now, keys }) {
    const found = await readHead(tx, keys, org);
    // To sign what somebody else wrote would make it look genuine.
    if (found === undefined || !found.sealed)
      throw unavailable(
        'The head of the audit chain does not carry this installation’s seal, so it is not signed.',
        {
          hint: 'audit verify',
        },
      );
    const { head } = found;
    const facts = { org, seq: head.seq, hash: head.hash, at: now };
    const exported: ExportedHead = {
      ...facts,
      keyId: keys.signer.id,
      signature: keys.signer.sign(signedText(facts)),
    };
    await keepExport(tx, exported);
    const shows = await postOf(tx, exported);
    return {
      result: { seq: head.seq, head: printHead(exported), posted: shows.length > 0 },
      audit: { subject: `org:${org}`, facts: { seq: head.seq, hash: head.hash, key: keys.signer.id } },
      shows,
    };
  },
});

async function postOf(tx: Db, { org, seq, at }: ExportedHead): Promise<Wanted[]> {
  const { headsChannel, zone } = (await orgById(tx, org))!;
  if (headsChannel === null) return [];
  const to = { kind: 'channel', id: headsChannel } as const;
  const week = `audit-heads:${headsChannel}:${periodOf('weekly', at, zone).key}`;
  const first = (await messageByKey(tx, org, week)) === undefined;
  const post = { to, view: 'audit-head', args: { seq }, subject: `head:${seq}` };
  return [first ? { ...post, key: week } : { ...post, key: `audit-head:${seq}`, threadOf: week }];
}

/** The nightly duty. */
export const exportNightly = (_tx: Db, _org: string, night: number): Promise<FollowUp[]> =>
  Promise.resolve([{ action: exportHead.name, input: {}, key: `audit-export:${night}` }]);
