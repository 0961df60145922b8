import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DAY, type Instant } from '../clock.ts';
import { CoxswainError } from '../errors.ts';
import type { Keys } from '../keys.ts';
import type { JsonObject } from '../ui/card.ts';
import { type Route, pathOf, sendText } from './server.ts';

const PREFIX = '/f/';
/** Whoever has the address can fetch the file, so it does not hold for long. */
const VALID_MS = DAY;

interface Asked {
  readonly org: string;
  /** What the file is called where it is stored. */
  readonly file: string;
  readonly document: string;
  readonly args: JsonObject;
  /** Who fetches it, where not everyone may see everything. */
  readonly reader?: string | undefined;
}

/** An address from which a person can download a text for a day: what it is made from, signed. `now` is real time. */
export function fileAddress(keys: Keys, base: string, asked: Asked, now: Instant): string {
  const { org, file, document, args, reader } = asked;
  const said = [org, file, document, args, now + VALID_MS, ...(reader === undefined ? [] : [reader])];
  const content = JSON.stringify(said);
  const body = deflateRawSync(content).toString('base64url');
  return `${base}${PREFIX}${body}.${keys.mac('file address', body)}`;
}

function read(keys: Keys, path: string): (Asked & { readonly until: Instant }) | undefined {
  const [body, mac, more] = path.slice(PREFIX.length).split('.');
  if (
    body === undefined ||
    mac === undefined ||
    more !== undefined ||
    !keys.checks('file address', body, mac)
  )
    return undefined;
  const bytes = inflateRawSync(Buffer.from(body, 'base64url'), { maxOutputLength: 65_536 });
  // Guarantee of the cast: only what fileAddress wrote has this signature.
  const content = JSON.parse(bytes.toString()) as [string, string, string, JsonObject, Instant, string?];
  const [org, file, document, args, until, reader] = content;
  return { org, file, document, args, until, reader };
}

const plainName = (name: string): string => name.replaceAll(/[^\w.-]/g, '_').slice(0, 120);

/** Hands texts out to whoever has a signed address that still holds. */
export function fileRoute(
  keys: Keys,
  now: () => Instant,
  make: (org: string, document: string, args: JsonObject, reader?: string) => Promise<string>,
): Route {
  return {
    path: PREFIX,
    async handle(req, res) {
      const asked = read(keys, pathOf(req));
      if (asked === undefined || (req.method !== 'GET' && req.method !== 'HEAD'))
        return sendText(res, 404, 'There is no such file.\n');
      if (asked.until < now())
        return sendText(res, 410, 'This link was good for a day. Ask for the file again.\n');
      try {
        const bytes = Buffer.from(await make(asked.org, asked.document, asked.args, asked.reader));
        res.writeHead(200, {
          'content-type': 'text/plain; charset=utf-8',
          'content-length': bytes.length,
          'content-disposition': `attachment; filename="${plainName(asked.file)}"`,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        });
        res.end(req.method === 'HEAD' ? undefined : bytes);
      } catch (error) {
        if (!(error instanceof CoxswainError)) throw error;
        sendText(res, 404, 'There is no such file any more.\n');
      }
      return undefined;
    },
  };
}
