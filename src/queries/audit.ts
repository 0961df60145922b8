import { setImmediate as nextTurn } from 'node:timers/promises';
import { exportsOf, hashesOf } from '../../db/audit-exports.ts';
import { readEntries, readHead } from '../../db/audit.ts';
import type { Db, Store } from '../../db/store.ts';
import { type ExportedHead, checkHeads, printHead, signedText } from '../domain/audit-head.ts';
import { GENESIS, type Verdict, finishWalk, startWalk, walkOn } from '../domain/audit-chain.ts';
import type { Keys } from '../keys.ts';
import { recordedSigners } from './keys.ts';

/** Entries read at a time: a page of the largest (a thousand readings each) holds the event loop for less than 50 ms. */
const PAGE = 10;

/**
 * Whether an organisation's audit log is whole, and if not, the first entry that is wrong. May run while others
 * write: entries that come meanwhile are checked too. `given` are heads that were exported, from a file or a channel: only
 * they show that an old state was put back as a whole.
 */
export async function verifyAudit(
  store: Pick<Store, 'read'>,
  keys: Keys,
  org: string,
  given: readonly ExportedHead[] = [],
): Promise<Verdict> {
  // Before the walk: a head that is exported meanwhile names an entry that may come after it.
  const kept = await exportsOf(store.read, org);
  let walk = startWalk;
  let head = await readHead(store.read, keys, org);
  for (;;) {
    const { entries, texts } = await readEntries(store.read, org, walk.seq, PAGE);
    walk = walkOn(walk, entries, (seq) => texts.get(seq));
    if (walk.fault !== undefined) break;
    if (entries.length === 0) {
      const now = await readHead(store.read, keys, org);
      const grew = now !== undefined && head !== undefined && now.head.seq > head.head.seq;
      head = now;
      if (!grew) break;
    }
    // SQLite answers without giving the event loop a turn.
    await nextTurn();
  }
  const verdict = finishWalk(walk, head?.head, head?.sealed === true);
  return verdict.ok ? compareHeads(store.read, keys, org, verdict, [...given, ...kept]) : verdict;
}

type Whole = Extract<Verdict, { ok: true }>;

/** Compares a chain that is whole with heads that were given away: those of a file or a channel, and those kept here. */
async function compareHeads(
  db: Db,
  keys: Keys,
  org: string,
  verdict: Whole,
  given: readonly ExportedHead[],
): Promise<Verdict> {
  const own = given.filter((head) => head.org === org);
  const heads = [...new Map(own.map((head) => [printHead(head), head])).values()];
  // Of keys that were replaced: those still given, and those whose public key stands in the log that was just found whole.
  const signers = [keys.signer, ...keys.oldSigners, ...(await recordedSigners(db, org))];
  const forged = heads.find((head) => {
    const signer = signers.find(({ id }) => id === head.keyId) ?? keys.signer;
    return !signer.checks(signedText(head), head.signature);
  });
  if (forged !== undefined) {
    const what = signers.some(({ id }) => id === forged.keyId)
      ? `the exported head of entry ${forged.seq} was altered: its signature does not fit`
      : `the exported head of entry ${forged.seq} was signed with another key (${forged.keyId}) than this installation’s (${keys.signer.id})`;
    return { ok: false, fault: { seq: forged.seq, what } };
  }
  const hashes = await hashesOf(
    db,
    org,
    heads.map((head) => head.seq),
  );
  const hashOf = (seq: number) => (seq === 0 ? GENESIS : hashes.get(seq));
  const fault = checkHeads(heads, verdict.entries, hashOf);
  return fault === undefined ? { ...verdict, heads: heads.length } : { ok: false, fault };
}
