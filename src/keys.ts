import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const PURPOSES = ['audit seal', 'picture address'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Keyed digests for one purpose each, all derived from COXSWAIN_ENCRYPTION_KEY. */
export interface Keys {
  /** URL-safe base64, 43 characters. */
  mac(purpose: Purpose, text: string): string;
  checks(purpose: Purpose, text: string, mac: string): boolean;
}

/** `master` is 32 bytes. */
export function deriveKeys(master: Uint8Array): Keys {
  const keys = new Map(
    PURPOSES.map((purpose) => [purpose, Buffer.from(hkdfSync('sha256', master, 'coxswain', purpose, 32))]),
  );
  const mac = (purpose: Purpose, text: string) =>
    createHmac('sha256', keys.get(purpose)!).update(text).digest('base64url');
  return {
    mac,
    checks(purpose, text, given) {
      const expected = Buffer.from(mac(purpose, text));
      const actual = Buffer.from(given);
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
  };
}
