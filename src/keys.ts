import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
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

/** Keyed digests and sealed values for one purpose each, all derived from COXSWAIN_ENCRYPTION_KEY. */
export interface Keys {
  /** URL-safe base64, 43 characters. */
  mac(purpose: Purpose, text: string): string;
  checks(purpose: Purpose, text: string, mac: string): boolean;
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`, AES-256-GCM. Opens only with the same `about`: whose it is. */
  seal(purpose: Purpose, about: string, text: string): string;
  /** Throws unavailable when it was sealed with another key, for another `about`, or was altered. */
  unseal(purpose: Purpose, about: string, sealed: string): string;
  /** For heads of the audit chain, which outsiders can check. */
  readonly signer: Signer;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Says with which key something was sealed, and nothing about the key. */
const keyId = (key: Uint8Array): string =>
  createHash('sha256').update('coxswain key id').update(key).digest('base64url').slice(0, 8);

const broken = (why: string, cause?: unknown) =>
  unavailable(`A stored secret cannot be opened: ${why}. Make a new token in its place.`, { cause });

/** `master` is 32 bytes. */
export function deriveKeys(master: Uint8Array): Keys {
  const keys = new Map(
    PURPOSES.map((purpose) => [purpose, Buffer.from(hkdfSync('sha256', master, 'coxswain', purpose, 32))]),
  );
  const mac = (purpose: Purpose, text: string) =>
    createHmac('sha256', keys.get(purpose)!).update(text).digest('base64url');
  return {
    signer: deriveSigner(master),
    mac,
    checks(purpose, text, given) {
      const expected = Buffer.from(mac(purpose, text));
      const actual = Buffer.from(given);
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
    seal(purpose, about, text) {
      const key = keys.get(purpose)!;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['v1', keyId(key), nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    unseal(purpose, about, sealed) {
      const key = keys.get(purpose)!;
      const [version, id, nonce = '', body = ''] = sealed.split('.');
      if (version !== 'v1' || id !== keyId(key)) throw broken('it was sealed with another encryption key');
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
  };
}
