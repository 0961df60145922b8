import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { unavailable } from './errors.ts';
import { type Signer, deriveSigner } from './signing.ts';

const PURPOSES = [
  'audit seal',
  'picture address',
  'file address',
  'signing secret',
  'platform token',
  'install state',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** With which key something was made: the present one, one of the old ones that are still given, or none of them. */
export type KeyAge = 'present' | 'old' | 'unknown';

/**
 * Keyed digests and sealed values for one purpose each, all derived from COXSWAIN_ENCRYPTION_KEY. What was made with one
 * of COXSWAIN_ENCRYPTION_KEYS_OLD is still good; what is made is made with the present one.
 */
export interface Keys {
  /** URL-safe base64, 43 characters. */
  mac(purpose: Purpose, text: string): string;
  checks(purpose: Purpose, text: string, mac: string): boolean;
  /** With which key a digest was made. */
  ageOfMac(purpose: Purpose, text: string, mac: string): KeyAge;
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`, AES-256-GCM. Opens only with the same `about`: whose it is. */
  seal(purpose: Purpose, about: string, text: string): string;
  /** Throws unavailable when it was sealed with another key, for another `about`, or was altered. */
  unseal(purpose: Purpose, about: string, sealed: string): string;
  /** With which key a value says that it was sealed. */
  ageOf(purpose: Purpose, sealed: string): KeyAge;
  /** For heads of the audit chain, which outsiders can check. */
  readonly signer: Signer;
  /** Of the old keys. */
  readonly oldSigners: readonly Signer[];
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Says with which key something was sealed, and nothing about the key. */
const keyId = (key: KeyObject): string =>
  createHash('sha256').update('coxswain key id').update(key.export()).digest('base64url').slice(0, 8);

const broken = (why: string, cause?: unknown) =>
  unavailable(`A stored secret cannot be opened: ${why}. Make a new token in its place.`, { cause });

const macWith = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

function isMac(key: KeyObject, text: string, given: string): boolean {
  const expected = Buffer.from(macWith(key, text));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** By the place of a key in a list that begins with the present one; -1 where it is none of them. */
const age = (at: number): KeyAge => (at === 0 ? 'present' : at > 0 ? 'old' : 'unknown');

/** `master` is 32 bytes, and so is each of the `old` ones. */
export function deriveKeys(master: Uint8Array, old: readonly Uint8Array[] = []): Keys {
  const derived = new Map(
    PURPOSES.map((purpose) => [
      purpose,
      // As an object: Node takes bytes for a key five times as long to begin with.
      [master, ...old].map((one) =>
        createSecretKey(Buffer.from(hkdfSync('sha256', one, 'coxswain', purpose, 32))),
      ),
    ]),
  );
  /** The present one first. */
  const keysFor = (purpose: Purpose): readonly KeyObject[] => derived.get(purpose)!;
  const presentFor = (purpose: Purpose): KeyObject => keysFor(purpose)[0]!;
  const ageOfMac = (purpose: Purpose, text: string, mac: string): KeyAge =>
    age(keysFor(purpose).findIndex((key) => isMac(key, text, mac)));
  return {
    signer: deriveSigner(master),
    oldSigners: old.map((one) => deriveSigner(one)),
    mac: (purpose, text) => macWith(presentFor(purpose), text),
    checks: (purpose, text, mac) => ageOfMac(purpose, text, mac) !== 'unknown',
    ageOfMac,
    seal(purpose, about, text) {
      const key = presentFor(purpose);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['v1', keyId(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    unseal(purpose, about, sealed) {
      const [version, id, nonce = '', body = ''] = sealed.split('.');
      const key = keysFor(purpose).find((one) => keyId(one) === id);
      if (version !== 'v1' || key === undefined) throw broken('it was sealed with another encryption key');
      const bytes = Buffer.from(body, 'base64url');
      try {
        const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-TAG_BYTES));
        return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw broken('it was altered', error);
      }
    },
    ageOf(purpose, sealed) {
      const [, id] = sealed.split('.');
      return age(keysFor(purpose).findIndex((key) => keyId(key) === id));
    },
  };
}
