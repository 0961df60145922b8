import { entriesAbout, readHead } from '../../db/audit.ts';
import { sealedValues } from '../../db/sealed.ts';
import type { Db } from '../../db/store.ts';
import type { Keys } from '../keys.ts';
import { type Signer, signerOf } from '../signing.ts';

/** What is sealed in an organisation, by the key that sealed it. The head of the audit log is one of them. */
export interface SealedBy {
  readonly present: number;
  /** Of these, `coxswain keys rotate` makes present ones. */
  readonly old: number;
  /** Nothing that is given opens them. */
  readonly unknown: number;
  /** Old keys whose public key the audit log does not hold yet. */
  readonly unrecorded: number;
}

export async function sealedBy(db: Db, keys: Keys, org: string): Promise<SealedBy> {
  const [values, head, recorded] = await Promise.all([
    sealedValues(db, org),
    readHead(db, keys, org),
    recordedSigners(db, org),
  ]);
  const ages = values.map((value) => keys.ageOf(value.kind, value.sealed));
  if (head !== undefined) ages.push(head.age);
  const count = (age: string) => ages.filter((one) => one === age).length;
  const known = new Set(recorded.map(({ id }) => id));
  return {
    present: count('present'),
    old: count('old'),
    unknown: count('unknown'),
    unrecorded: keys.oldSigners.filter(({ id }) => !known.has(id)).length,
  };
}

/** Public keys of encryption keys that were there before, as the audit log holds them: true if its chain is whole. */
export async function recordedSigners(db: Db, org: string): Promise<Pick<Signer, 'id' | 'checks'>[]> {
  const rotations = await entriesAbout(db, org, 'keys', 100);
  return rotations.flatMap(({ facts }) => {
    const { publicKeys } = facts as { publicKeys?: Readonly<Record<string, unknown>> };
    return Object.values(publicKeys ?? {}).flatMap((raw) => (typeof raw === 'string' ? [signerOf(raw)] : []));
  });
}
