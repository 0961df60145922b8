import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CoxswainError } from '../errors.ts';
import type { Keys } from '../keys.ts';
import type { JsonObject, Picture } from '../ui/card.ts';
import { type Route, pathOf, sendText } from './server.ts';

const PREFIX = '/i/';

/** An address from which the platforms can fetch a picture: what to draw, signed, so that nobody can ask for others. */
export function pictureAddress(
  keys: Keys,
  base: string,
  org: string,
  { name, args, reader }: Pick<Picture, 'name' | 'args' | 'reader'>,
): string {
  const body = deflateRawSync(
    JSON.stringify([org, name, args, ...(reader === undefined ? [] : [reader])]),
  ).toString('base64url');
  return `${base}${PREFIX}${body}.${keys.mac('picture address', body)}.png`;
}

/** Organisation, picture, what it is of, and who looks at it. */
type Asked = readonly [string, string, JsonObject, string?];

function read(keys: Keys, path: string): Asked | undefined {
  const [body, mac, end] = path.slice(PREFIX.length).split('.');
  if (body === undefined || mac === undefined || end !== 'png' || !keys.checks('picture address', body, mac))
    return undefined;
  return JSON.parse(
    inflateRawSync(Buffer.from(body, 'base64url'), { maxOutputLength: 65_536 }).toString(),
  ) as Asked;
}

/** Draws pictures for whoever has a signed address. */
export function pictureRoute(
  keys: Keys,
  draw: (org: string, name: string, args: JsonObject, reader?: string) => Promise<Uint8Array>,
): Route {
  return {
    path: PREFIX,
    async handle(req: IncomingMessage, res: ServerResponse) {
      const asked = read(keys, pathOf(req));
      if (asked === undefined || (req.method !== 'GET' && req.method !== 'HEAD'))
        return sendText(res, 404, 'There is no such picture.\n');
      try {
        const png = await draw(...asked);
        res.writeHead(200, {
          'content-type': 'image/png',
          'content-length': png.length,
          'cache-control': 'public, max-age=86400',
        });
        res.end(req.method === 'HEAD' ? undefined : png);
      } catch (error) {
        if (!(error instanceof CoxswainError)) throw error;
        sendText(res, 404, 'There is no such picture.\n');
      }
      return undefined;
    },
  };
}
