import { clip } from '../text.ts';
import { FILE_BYTES } from '../ui/form.ts';

/** A file as it was chosen, or why it cannot be taken, as a sentence for beside the field. */
export type TakenFile = { readonly name: string; readonly bytes: Uint8Array } | { readonly problem: string };

const SPREADSHEETS: ReadonlySet<string> = new Set(['xlsx', 'xls', 'xlsm', 'ods', 'numbers']);
const MEGABYTE = 1024 * 1024;

/** Why a file is refused by its name or size; undefined when it may be read. `types` as in the field. */
export function refuseFile(name: string, bytes: number, types: readonly string[]): string | undefined {
  const type = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!types.includes(type)) {
    const wanted = types.map((one) => `.${one}`);
    const one = wanted.length === 1 ? wanted[0] : `${wanted.slice(0, -1).join(', ')} or ${wanted.at(-1)}`;
    const how =
      SPREADSHEETS.has(type) && types.includes('csv')
        ? 'Save its table as CSV, and choose that.'
        : 'Choose one that is.';
    return `${clip(name, 60) || 'This'} is no ${one} file. ${how}`;
  }
  if (bytes <= FILE_BYTES) return undefined;
  const size = (bytes / MEGABYTE).toFixed(1);
  return `This file has ${size} MB, and at most ${FILE_BYTES / MEGABYTE} are taken. Please split it.`;
}
