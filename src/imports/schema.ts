import { z } from 'zod';
import { isEncoding } from '../domain/import/encoding.ts';
import { FIELD_NAMES, type ImportField } from '../domain/import/fields.ts';

const unknownKey =
  (known: readonly string[]): z.core.$ZodErrorMap =>
  (issue) =>
    issue.code === 'unrecognized_keys'
      ? `only these entries: ${known.join(', ')}; not ${issue.keys.map((k) => `“${k.slice(0, 40)}”`).join(', ')}`
      : `a mapping with the entries ${known.join(', ')}`;

const strict = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, { error: unknownKey(Object.keys(shape)) });

const words = (what: string) => z.string({ error: `${what}, as a text (put it into quotes)` });
const title = words('the title of a column')
  .trim()
  .min(1, { error: 'the title of a column, not an empty text' });

/** What YAML reads as a number or yes/no is a text here all the same. */
const plain = (what: string) =>
  z.union([z.string(), z.number(), z.boolean()], { error: `${what}, as a text` }).transform(String);

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of: ${values.join(', ')}` });

const rule = strict({
  column: title.optional(),
  columns: z.array(title, { error: 'a list of titles of columns' }).min(1).max(100).optional(),
  join: words('what stands between the columns').optional(),
  template: words('a template like “{Agency}: {Name}”')
    .refine((text) => /\{[^{}]+\}/.test(text), {
      error: 'a template with the title of a column in braces: “{Name}”',
    })
    .optional(),
  value: plain('one value for all rows').optional(),
  values: z
    .record(z.string(), plain('what it means'), {
      error: 'what stands in the file and what it means: “Neither: low”',
    })
    .optional(),
  else: plain('what everything else means').optional(),
  default: plain('what holds where nothing stands').optional(),
  required: z.boolean({ error: 'true or false' }).optional(),
  split: words('what stands between the items of a list')
    .min(1, { error: 'a separator like “;”' })
    .optional(),
  too_long: choice(['keep', 'skip']).optional(),
}).check((ctx) => {
  const sources = (['column', 'columns', 'template', 'value'] as const).filter(
    (name) => ctx.value[name] !== undefined,
  );
  if (sources.length === 1) return;
  ctx.issues.push({
    code: 'custom',
    input: ctx.value,
    path: [],
    message:
      sources.length === 0
        ? 'where it comes from: column, columns, template or value'
        : `one of ${sources.join(', ')}, not several`,
  });
});

const from = z.union([title.transform((column) => ({ column })), rule], {
  error: (issue) =>
    issue.code === 'invalid_union' && typeof issue.input === 'object' && issue.input !== null
      ? undefined
      : 'the title of a column, or a mapping with column, columns, template or value',
});

const fields = z.strictObject(
  // Guarantee of the cast: an object with an entry for each of the names.
  Object.fromEntries(FIELD_NAMES.map((name) => [name, from.optional()])) as Record<
    ImportField,
    z.ZodOptional<typeof from>
  >,
  { error: unknownKey(FIELD_NAMES) },
);

const titles = (what: string) => z.array(title, { error: `a list of titles of columns ${what}` });

/** How the rows of a file become seats, as it stands in a YAML file. Messages say what was expected. */
export const mappingSchema = strict({
  source: words('a name for the inventory that the rows come from')
    .trim()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, {
      error: 'a name for the inventory: 1 to 60 letters a–z, digits and inner hyphens, like “hr-inventory”',
    }),
  id: from.optional(),
  repeated: choice(['skip', 'number']).default('skip'),
  encoding: words('an encoding')
    .refine(isEncoding, { error: 'an encoding like utf-8, utf-16le, windows-1252 or iso-8859-2' })
    .optional(),
  delimiter: z.enum([',', ';', '\t'], { error: 'one of: ",", ";", "\\t"' }).optional(),
  blank: z
    .array(plain('a text that says nothing'), { error: 'a list of texts that say nothing' })
    .default([]),
  fields,
  skip: z
    .array(strict({ column: title, is: z.array(plain('what stands there'), { error: 'a list of texts' }) }), {
      error: 'a list of columns, and of what stands there in rows that are left out',
    })
    .default([]),
  extra: z
    .union([choice(['keep', 'ignore']), titles('to keep')], {
      error: '“keep”, “ignore”, or a list of titles of columns to keep',
    })
    .default('keep'),
  ignore: titles('to leave out').default([]),
});
