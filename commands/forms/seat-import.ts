import { setImmediate as nextTurn } from 'node:timers/promises';
import { perform, assertMay } from '../../src/actions/perform.ts';
import { MOST_CHAT_ROWS, receiveInventory, sketchInventory } from '../../src/actions/inventory/index.ts';
import { fileTakenCard } from '../../src/cards/inventory-import.ts';
import { PASTED, sketchMapping } from '../../src/domain/import/sketch.ts';
import type { MappedRow, SkippedRow } from '../../src/domain/import/mapping.ts';
import { CoxswainError, invalid } from '../../src/errors.ts';
import { whereSeatsReport } from '../../src/queries/inventory-import.ts';
import { type FileSource, openInventory, titlesIn } from '../../src/imports/file.ts';
import { clip } from '../../src/text.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { GivenFile } from '../../src/ui/form.ts';
import { code } from '../../src/ui/text.ts';
import type { Asked } from '../command.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { texts } from './fields.ts';
import { fileIn, textIn } from './given-file.ts';

/** So much is read before others get a turn of the event loop. */
const PIECE = 64 * 1024;

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    yield bytes.subarray(from, from + PIECE);
    await nextTurn();
  }
}

const sourceOf = (file: GivenFile): FileSource =>
  'pasted' in file
    ? { name: PASTED, pasted: true, bytes: () => piecesOf(Buffer.from(file.pasted)) }
    : { name: clip(file.name, 300), bytes: () => piecesOf(file.bytes) };

/** An inventory and the mapping that says what its columns are. It is looked at first; submitting imports nothing. */
export const seatImportForm: FormSpec = {
  name: 'seat.import',
  args: texts,
  async open(asked) {
    await assertMay(asked, receiveInventory, {});
    return {
      name: 'seat.import',
      args: {},
      title: 'Import seats',
      submit: 'Look at it',
      items: [
        {
          kind: 'hint',
          body: paragraph(
            'A table of AI systems, and a mapping in YAML that says which column is what. Without a mapping you get one ' +
              'to begin with, guessed from the titles. Nothing is imported yet. Longer files: ',
            code('coxswain import'),
            '.',
          ),
        },
        {
          kind: 'file',
          name: 'file',
          label: 'CSV file',
          types: ['csv', 'tsv', 'txt'],
          hint: 'Up to 10,000 rows and 5 MB. The first row has the titles.',
        },
        { kind: 'file', name: 'mapping', label: 'Mapping', optional: true, types: ['yml', 'yaml', 'txt'] },
        {
          kind: 'yes_no',
          name: 'overwrite',
          label: 'Overwrite what people changed since the last import?',
          optional: true,
          initial: false,
        },
      ],
    };
  },
  async submit(asked, _args, filled) {
    const file = fileIn(filled, 'file');
    if (file === undefined)
      throw invalid('Choose a file.', { fields: { file: 'There is nothing to look at yet.' } });
    const source = sourceOf(file);
    const mapping = textIn(filled, 'mapping');
    if (mapping === undefined) {
      const titles = await titlesIn(source).catch(besideOf('file'));
      const { id } = await perform(asked, sketchInventory, { fileName: source.name, titles });
      return {
        kind: 'file',
        name: 'mapping.yml',
        title: 'A mapping to begin with',
        text: sketchMapping(source.name, titles),
        document: { name: 'import-sketch', args: { import: id } },
      };
    }
    await receive(asked, source, mapping, filled['overwrite'] === true);
    return toMe(fileTakenCard(source.name));
  },
};

async function receive(asked: Asked, source: FileSource, mapping: string, overwrite: boolean): Promise<void> {
  const opened = await openInventory(source, mapping).catch((error: unknown) => {
    const field = error instanceof CoxswainError && error.message.startsWith('This is not a mapping');
    return besideOf(field ? 'mapping' : 'file')(error);
  });
  if (opened.total > MOST_CHAT_ROWS)
    throw invalid(
      `This file has ${opened.total.toLocaleString('en')} rows, and at most ${MOST_CHAT_ROWS.toLocaleString('en')} go by chat. Whoever runs Coxswain can import it with “coxswain import”.`,
      { fields: { file: 'It has too many rows.' } },
    );
  const list: (MappedRow | SkippedRow)[] = [];
  for await (const part of opened.rows()) list.push(...part);
  const { name, source: from, fileHash, mappingHash, byKey, total, notes } = opened;
  // A key for this would be the hash of all rows, and a second one of the same file harms nobody.
  const { requestKey: _once, ...ctx } = asked;
  await perform(ctx, receiveInventory, {
    source: from,
    fileName: name,
    fileHash,
    mappingHash,
    overwrite,
    rows: total,
    notes: [...notes.slice(0, 99), await whereSeatsReport(ctx.store.read, ctx.org)],
    byKey,
    list,
  });
}

const besideOf =
  (field: string) =>
  (error: unknown): never => {
    throw error instanceof CoxswainError
      ? new CoxswainError(error.code, error.message, { fields: { [field]: error.message } })
      : error;
  };
