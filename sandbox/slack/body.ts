import type { IncomingMessage } from 'node:http';
import { readBody } from '../../src/http/body.ts';
import { type Obj, isObj, parseJson } from '../page/shared/json.ts';

const LIMIT = 20 * 1024 * 1024;

const contentType = (req: IncomingMessage): string => (req.headers['content-type'] ?? '').toLowerCase();

export interface Parsed {
  /** Arguments from the query and the body. */
  readonly args: Obj;
  /** Arguments from the query only: what methods see that do not take JSON. */
  readonly query: Obj;
  readonly json: boolean;
}

/** Reads a call's arguments from query, form or JSON; 'broken' for JSON that does not parse. */
export async function readArgs(req: IncomingMessage): Promise<Parsed | 'broken' | 'too_large'> {
  const query = Object.fromEntries(new URL(req.url ?? '/', 'http://sandbox').searchParams);
  const body = await readBody(req, LIMIT);
  if (body === undefined) return 'too_large';
  const type = contentType(req);
  if (type.startsWith('application/json')) {
    const value = body.length === 0 ? {} : parseJson(body.toString('utf8'));
    return isObj(value) ? { args: { ...query, ...value }, query, json: true } : 'broken';
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await formOf(body, type);
    return { args: { ...query, ...form }, query, json: false };
  }
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return { args: { ...query, ...form }, query, json: false };
}

async function formOf(body: Buffer, type: string): Promise<Obj> {
  const data = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(data);
}

/** The bytes of an upload, which clients send as they are or as the first part of a form. */
export async function readUpload(req: IncomingMessage): Promise<Buffer | undefined> {
  const body = await readBody(req, LIMIT);
  const type = req.headers['content-type'] ?? '';
  if (body === undefined || !type.startsWith('multipart/form-data')) return body;
  const [part] = Object.values(await formOf(body, type));
  if (part instanceof Blob) return Buffer.from(await part.arrayBuffer());
  return typeof part === 'string' ? Buffer.from(part) : undefined;
}
