import { encodingOf } from '../domain/import/encoding.ts';
import { FILE_BYTES } from '../ui/form.ts';

/** What a file says, or why it cannot be taken, as a sentence for beside the field. */
export type FileText = { readonly text: string } | { readonly problem: string };

const MEGABYTE = 1024 * 1024;

/** Why a file is refused by its name or size; undefined when it may be read. `types` as in the field. */
export function refuseFile(name: string, bytes: number, types: readonly string[]): string | undefined {
  const type = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!types.includes(type))
    return `This is no ${types.map((one) => `.${one}`).join(' or ')} file. Save it as one and choose that.`;
  if (bytes <= FILE_BYTES) return undefined;
  const size = (bytes / MEGABYTE).toFixed(1);
  return `This file has ${size} MB, and at most ${FILE_BYTES / MEGABYTE} are taken. Please split it.`;
}

/**
 * The text of a file: by its byte order mark, else UTF-16 by its zero bytes, else UTF-8 where it is valid, else
 * Windows-1252. What holds NUL characters is no text.
 */
export function decodeFile(bytes: Uint8Array): FileText {
  const text = new TextDecoder(encodingOf(bytes).label).decode(bytes);
  if (text.includes('\0'))
    return { problem: 'This file holds no text. Save it as CSV or text and choose that.' };
  return { text };
}
