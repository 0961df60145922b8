import { CoxswainError, invalid } from '../../src/errors.ts';
import { paragraph } from '../../src/ui/card.ts';
import { code } from '../../src/ui/text.ts';
import type { FormSpec } from '../form.ts';
import { previewImport } from '../import.ts';
import { toMe } from '../reply.ts';
import { seatField, texts } from './fields.ts';
import { textIn } from './given-file.ts';

/** A file, or what was copied out of a spreadsheet. It is checked first; nothing is logged by submitting. */
export const readingCsvForm: FormSpec = {
  name: 'reading.csv',
  args: texts,
  open: async (asked, args) => ({
    name: 'reading.csv',
    args: args['metric'] === undefined ? {} : { metric: args['metric'] },
    title: 'Log from a file',
    submit: 'Check',
    items: [
      {
        kind: 'hint',
        body: paragraph(
          'The first row names the columns: ',
          code('seat, metric, period, value, note'),
          ' in any order; or a period and one column for each number. Checking shows what would be logged; nothing is logged yet.',
        ),
      },
      {
        kind: 'file',
        name: 'file',
        label: 'CSV file',
        optional: true,
        types: ['csv', 'tsv', 'txt'],
        hint: 'Up to 10,000 rows.',
      },
      {
        kind: 'long_text',
        name: 'text',
        label: 'Or paste the rows',
        optional: true,
        placeholder: 'seat,metric,period,value,note',
        hint: 'A few rows, as copied from a spreadsheet. More fit into a file.',
      },
      {
        ...(await seatField(asked, args['seat'])),
        optional: true,
        hint: 'For rows that name no seat.',
      },
    ],
  }),
  async submit(asked, args, filled) {
    const { text, seat } = filled;
    const file = textIn(filled, 'file');
    const field = file === undefined ? 'text' : 'file';
    const given = file ?? text;
    if (typeof given !== 'string')
      throw invalid('Choose a file, or paste the rows.', {
        fields: { text: 'There is nothing to check yet.' },
      });
    if (file !== undefined && typeof text === 'string')
      throw invalid('Choose a file or paste the rows, not both.', {
        fields: { text: 'Empty this field, or remove the file.' },
      });
    const about = { metric: args['metric'], ...(typeof seat === 'string' ? { seat } : {}) };
    return toMe(
      await previewImport(asked, given, about).catch((error: unknown) => {
        throw beside(error, field);
      }),
    );
  },
};

const beside = (error: unknown, field: string): unknown =>
  error instanceof CoxswainError
    ? new CoxswainError(error.code, error.message, { fields: { [field]: error.message } })
    : error;
