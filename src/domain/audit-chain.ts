import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Instant } from '../clock.ts';

/** What one entry's hash covers. Free text is only in it as a salted digest. */
export interface AuditEntry {
  readonly org: string;
  /** 1, 2, 3 … without gaps, per organisation. */
  readonly seq: number;
  readonly at: Instant;
  readonly action: string;
  readonly actor: object;
  readonly right: string;
  readonly subject: string;
  readonly facts: object;
  readonly textDigest: string | null;
  /** Hash of the entry before, or GENESIS. */
  readonly prev: string;
}

export type HashedEntry = AuditEntry & { readonly hash: string };

export const GENESIS = '0'.repeat(64);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** RFC 8785 canonical JSON: both engines give the same bytes, whatever order they keep keys in. */
const canonical = (value: unknown): string => canonicalize(value) ?? 'null';

export function hashEntry(e: AuditEntry): string {
  const { org, seq, at, action, actor, right, subject, facts, textDigest, prev } = e;
  return sha256(canonical({ org, seq, at, action, actor, right, subject, facts, textDigest, prev }));
}

export const digestText = (salt: string, text: unknown): string => sha256(`${salt}:${canonical(text)}`);

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** The first thing that is wrong: at which entry, and what, in one sentence. */
export interface AuditFault {
  readonly seq: number;
  readonly what: string;
}

export type Verdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly head: string;
      /** Texts that were erased, as far as they were read. */
      readonly erased: number;
      /** Exported heads that the chain was compared with. */
      readonly heads: number;
    }
  | { readonly ok: false; readonly fault: AuditFault };

/** State of a verification that reads the entries in pages. */
export interface Walk {
  readonly seq: number;
  readonly hash: string;
  readonly erased: number;
  readonly fault?: AuditFault;
}

export const startWalk: Walk = { seq: 0, hash: GENESIS, erased: 0 };

/** Checks the entries that follow `walk`, in the order of their numbers; stops at the first fault. */
export function walkOn(
  walk: Walk,
  entries: readonly HashedEntry[],
  textOf?: (seq: number) => StoredText | undefined,
): Walk {
  let { seq, hash, erased } = walk;
  if (walk.fault !== undefined) return walk;
  for (const entry of entries) {
    const fail = (what: string): Walk => ({ seq, hash, erased, fault: { seq: entry.seq, what } });
    if (entry.seq !== seq + 1) {
      return {
        seq,
        hash,
        erased,
        fault: { seq: seq + 1, what: `entry ${seq + 1} is missing: entry ${entry.seq} follows entry ${seq}` },
      };
    }
    if (entry.prev !== hash) return { seq, hash, erased, fault: brokenLink(seq, entry) };
    if (hashEntry(entry) !== entry.hash)
      return fail(`entry ${entry.seq} was altered: its content does not give its hash`);
    const stored = textOf?.(entry.seq);
    if (
      stored !== undefined &&
      stored.text !== null &&
      entry.textDigest !== digestText(stored.salt, stored.text)
    ) {
      return fail(`the text of entry ${entry.seq} was altered`);
    }
    if (entry.textDigest !== null && textOf !== undefined && (stored?.text ?? null) === null) erased += 1;
    seq = entry.seq;
    hash = entry.hash;
  }
  return { seq, hash, erased };
}

/**
 * `entry` does not continue the one before it. One that is as it was written, or only got the next number, shows that
 * what stands before it is not what it was written after; any other is itself the wrong one.
 */
function brokenLink(before: number, entry: HashedEntry): AuditFault {
  const genuine =
    before > 0 && [entry.seq, entry.seq - 1].some((seq) => hashEntry({ ...entry, seq }) === entry.hash);
  return genuine
    ? {
        seq: before,
        what: `entry ${before} was altered, inserted or replaced: entry ${entry.seq} was written after another one`,
      }
    : {
        seq: entry.seq,
        what: `entry ${entry.seq} does not continue entry ${before}: it was inserted, moved or replaced`,
      };
}

export interface StoredText {
  readonly salt: string;
  /** Null once erased. */
  readonly text: unknown;
}

/** The end of a verification: the last entry must be the one that the sealed head names. */
export function finishWalk(walk: Walk, head: AuditHead | undefined, sealed: boolean): Verdict {
  if (walk.fault !== undefined) return { ok: false, fault: walk.fault };
  if (head === undefined) {
    return {
      ok: false,
      fault: {
        seq: walk.seq + 1,
        what: `the head of the chain is missing: what followed entry ${walk.seq} is not known`,
      },
    };
  }
  if (walk.seq < head.seq) {
    return {
      ok: false,
      fault: {
        seq: walk.seq + 1,
        what: `the tail was cut: entries ${walk.seq + 1} to ${head.seq} are missing`,
      },
    };
  }
  if (walk.seq !== head.seq || walk.hash !== head.hash) {
    return {
      ok: false,
      fault: {
        seq: walk.seq,
        what: `the chain ends with entry ${walk.seq}, but its head names entry ${head.seq}`,
      },
    };
  }
  if (!sealed) {
    return {
      ok: false,
      fault: {
        seq: head.seq,
        what: 'the head of the chain does not carry this installation’s seal: it was altered, or sealed with another COXSWAIN_ENCRYPTION_KEY',
      },
    };
  }
  return { ok: true, entries: walk.seq, head: walk.hash, erased: walk.erased, heads: 0 };
}
