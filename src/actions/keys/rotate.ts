import { z } from 'zod';
import { readHead } from '../../../db/audit.ts';
import { reseal, sealedValues } from '../../../db/sealed.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { ownerOfSealed } from './owner.ts';

/** So many values in one transaction: others get their turn between two of them. */
const AT_ONCE = 100;

/**
 * Seals with the present key what an old one sealed, a part at a time, and keeps the old ones' public keys in the audit
 * log, by which heads that were exported before stay verifiable. The log's own head is sealed anew by the entry of this.
 */
export const rotateKeys = defineAction({
  name: 'keys.rotate',
  input: z.object({}),
  allow: onlyCoxswain,
  async run({ tx, org, keys }) {
    const head = await readHead(tx, keys, org);
    // Sealing it anew would make look genuine what somebody else wrote.
    if (head?.sealed !== true) {
      throw conflict('The head of the audit log carries the seal of none of the keys that are given.', {
        hint: 'coxswain audit verify',
      });
    }
    const values = await sealedValues(tx, org);
    const old = values.filter((value) => keys.ageOf(value.kind, value.sealed) === 'old');
    let resealed = 0;
    for (const value of old.slice(0, AT_ONCE)) {
      const about = ownerOfSealed(org, value);
      const fresh = keys.seal(value.kind, about, keys.unseal(value.kind, about, value.sealed));
      if (await reseal(tx, org, value, fresh)) resealed += 1;
    }
    const publicKeys = Object.fromEntries(keys.oldSigners.map(({ id, publicKey }) => [id, publicKey]));
    return {
      result: { resealed, left: Math.max(0, old.length - AT_ONCE) },
      audit: { subject: 'keys', facts: { resealed, to: keys.signer.id, publicKeys } },
    };
  },
});
