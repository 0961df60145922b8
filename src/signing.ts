import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import { sha256 } from './ids.ts';

/** Signs for outsiders: whoever has the public key can check, and nobody without the installation's key can sign. */
export interface Signer {
  /** Short name of the public key. */
  readonly id: string;
  /** Ed25519, 32 bytes in base64url. */
  readonly publicKey: string;
  /** base64url */
  sign(text: string): string;
  checks(text: string, signature: string): boolean;
}

/** RFC 8410: what stands before the 32 bytes of a private key in PKCS #8. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signing key of an installation, made from its 32 bytes of COXSWAIN_ENCRYPTION_KEY; it is stored nowhere. */
export function deriveSigner(master: Uint8Array): Signer {
  const seed = Buffer.from(hkdfSync('sha256', master, 'coxswain', 'head signature', 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'jwk' }).x ?? '';
  return {
    id: sha256(raw).slice(0, 8),
    publicKey: raw,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    checks: (text, signature) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url')),
  };
}

/** Checks what was signed by the key whose public part this is. */
export function signerOf(raw: string): Pick<Signer, 'id' | 'checks'> {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
  return {
    id: sha256(raw).slice(0, 8),
    checks: (text, signature) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url')),
  };
}
