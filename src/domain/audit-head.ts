import type { AuditFault } from './audit-chain.ts';

/** A head of the chain that was signed and given away: at that time, entry `seq` was the last, and had this hash. */
export interface ExportedHead {
  readonly org: string;
  readonly seq: number;
  readonly hash: string;
  /** Business time of the export. */
  readonly at: number;
  /** Which key signed it. */
  readonly keyId: string;
  readonly signature: string;
}

/** What the signature covers. */
export const signedText = ({ org, seq, hash, at }: Omit<ExportedHead, 'keyId' | 'signature'>): string =>
  ['cxh1', org, seq, hash, at].join('.');

/** One word that survives a chat, a mail and a printer: `cxh1.<org>.<entry>.<hash>.<ms>.<key>.<signature>`. */
export const printHead = (head: ExportedHead): string =>
  [signedText(head), head.keyId, head.signature].join('.');

const HEAD =
  /cxh1\.([\w-]{1,64})\.(\d{1,10})\.([0-9a-f]{64})\.(\d{1,15})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{86})(?![\w-])/g;

/** Every head in a text, whatever stands around it: a file of heads, a copied message. */
export const findHeads = (text: string): ExportedHead[] =>
  [...text.matchAll(HEAD)].map(([, org = '', seq, hash = '', at, keyId = '', signature = '']) => ({
    org,
    seq: Number(seq),
    hash,
    at: Number(at),
    keyId,
    signature,
  }));

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const span = (from: number, to: number): string =>
  from === to ? `entry ${from}` : `entries ${from} to ${to}`;

/**
 * Whether a chain that is whole in itself is also the one whose heads were given away. `hashOf` knows the hash of an
 * entry, `length` is the number of the last one. Returns the first thing that is wrong.
 */
export function checkHeads(
  heads: readonly ExportedHead[],
  length: number,
  hashOf: (seq: number) => string | undefined,
): AuditFault | undefined {
  let known = 0;
  for (const head of heads.toSorted((a, b) => a.seq - b.seq || a.at - b.at)) {
    const from = known + 1;
    if (head.seq > length) {
      const what = `the tail was cut: the head exported on ${day(head.at)} names entry ${head.seq}, and the chain ends with entry ${length}; an older state was put back`;
      return { seq: length + 1, what };
    }
    if (hashOf(head.seq) !== head.hash) {
      const what = `${span(from, head.seq)} are not those whose head was exported on ${day(head.at)}: something among them was altered, inserted or replaced and the chain written anew`;
      return {
        seq: from,
        what: from === head.seq ? what.replace(' are not those', ' is not the one') : what,
      };
    }
    known = head.seq;
  }
  return undefined;
}
