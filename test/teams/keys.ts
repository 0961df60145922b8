import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

const ISSUER = 'https://api.botframework.com';

export interface TokenParts {
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  /** Seconds from now; negative is in the past. */
  readonly expiresIn?: number;
  readonly notBefore?: number;
  /** Signs with a key that the server does not publish, under the published key's name. */
  readonly forged?: boolean;
}

/** A server that publishes signing keys as the Bot Framework does, and tokens signed with them. */
export async function startKeyServer(appId: string) {
  const [real, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(real.publicKey)), kid: 'one', use: 'sig', endorsements: ['msteams'] };
  const server = createServer((req, res) => {
    const { port } = server.address() as AddressInfo;
    const metadata = { issuer: ISSUER, jwks_uri: `http://127.0.0.1:${port}/keys` };
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(req.url === '/keys' ? { keys: [jwk] } : metadata));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    metadataUrl: `http://127.0.0.1:${port}/metadata`,
    async token(serviceUrl: string, parts: TokenParts = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const jwt = new SignJWT({ serviceurl: parts.serviceUrl ?? serviceUrl })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(parts.issuer ?? ISSUER)
        .setAudience(parts.audience ?? appId)
        .setNotBefore(now + (parts.notBefore ?? -60))
        .setExpirationTime(now + (parts.expiresIn ?? 3600));
      return `Bearer ${await jwt.sign(parts.forged === true ? other.privateKey : real.privateKey)}`;
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
