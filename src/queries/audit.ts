import { setImmediate as nextTurn } from 'node:timers/promises';
import { readEntries, readHead } from '../../db/audit.ts';
import type { Store } from '../../db/store.ts';
import { type Verdict, finishWalk, startWalk, walkOn } from '../domain/audit-chain.ts';
import type { Keys } from '../keys.ts';

/** Entries read at a time: a page of the largest (a thousand readings each) holds the event loop for less than 50 ms. */
const PAGE = 10;

/**
 * Whether an organisation's audit log is whole, and if not, the first entry that is wrong. May run while others
 * write: entries that come meanwhile are checked too.
 */
export async function verifyAudit(store: Store, keys: Keys, org: string): Promise<Verdict> {
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
  return finishWalk(walk, head?.head, head?.sealed === true);
}
