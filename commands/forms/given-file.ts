import { encodingOf } from '../../src/domain/import/encoding.ts';
import { fileKind } from '../../src/domain/import/file-kind.ts';
import { invalid } from '../../src/errors.ts';
import { type GivenFile, isFile } from '../../src/ui/form.ts';
import type { Filled } from '../form.ts';

/** The file that was given in a field; undefined when none was. */
export function fileIn(filled: Filled, field: string): GivenFile | undefined {
  const given = filled[field];
  return isFile(given) ? given : undefined;
}

/** Its text, whatever its encoding. Throws invalid, beside the field, when it holds none. */
export function textIn(filled: Filled, field: string): string | undefined {
  const file = fileIn(filled, field);
  if (file === undefined) return undefined;
  if ('pasted' in file) return file.pasted;
  const kind = fileKind(file.bytes);
  const text = new TextDecoder(encodingOf(file.bytes).label).decode(file.bytes);
  if (kind === undefined && !text.includes('\0')) return text;
  const say = `${file.name} ${kind === undefined ? 'holds' : `is ${kind}, and holds`} no text. Save it as CSV or text and choose that.`;
  throw invalid(say, { fields: { [field]: say } });
}
