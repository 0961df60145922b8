import { type ImportField, NEEDED_FIELDS, kindOf } from './fields.ts';
import { alike } from './titles.ts';

/** What a table is called that was pasted, and has no name of its own. */
export const PASTED = 'Pasted table';

/** Words in titles that speak for a field, the surest first; a title is taken once. */
const MEANS: readonly (readonly [ImportField, RegExp])[] = [
  ['key', /^(?:key|slug|short ?name|seat key)$/],
  ['name', /^(?:name|title|use case name|use case|system name|application|model name|ai system|tool)$/],
  ['name', /\bname\b/],
  ['accountability', /accountab|purpose|objective|what (?:is )?(?:it|does|for)|goal|benefit/],
  ['use_case', /use case|description|summary|details|outputs?\b/],
  ['accountability', /description|summary/],
  ['stage', /\bstage\b|lifecycle|status|phase|maturity/],
  ['risk', /\brisk(?: (?:tier|level|class|category|rating))?$|impacting|criticality|classification|^impact/],
  ['vendor.sla', /service levels?\b|\bsla\b/],
  ['holder', /^holder|ai or human/],
  ['level', /autonomy|agentic|\blevel\b/],
  ['parent', /reports? to|parent|^above/],
  ['channel', /channel/],
  ['owner.accountable', /accountable|^owner(?: (?:name|e-?mail))?$|responsible/],
  ['owner.business', /business owner|sponsor/],
  ['owner.product', /product (?:owner|manager)/],
  ['owner.platform', /platform owner|technical (?:owner|lead)|engineer/],
  ['owner.governance', /governance|compliance|risk owner/],
  ['owner.operations', /operations|support/],
  ['owner.champion', /champion/],
  ['users', /\busers?\b|audience/],
  ['data_sources', /data ?sources?|datasets?|training data|\bdata used/],
  ['model_provider', /provider|foundation model vendor/],
  ['model_class', /model (?:class|type|family)|\bmodel\b|technique|algorithm/],
  ['systems', /systems? of record|integration|\bsystems?\b|interfaces/],
  ['posture', /regulat|legal basis|posture/],
  ['vendor', /vendor|supplier/],
  ['source', /\bsource\b|origin|department|agency|division/],
];

/** Titles of columns that tell rows apart. */
const ID =
  /^(?:id|use case id|inventory id|record id|identifier|no\.?|number|reference|ref)$|\b(?:id|identifier)$/;

/** Quoted as YAML does it where it has to be. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What may stand in a file, and what it means. */
const EXAMPLES: Readonly<Partial<Record<ImportField, string>>> = {
  holder: "'Person': human",
  stage: "'In use': production",
  risk: "'Severe': high",
};

/** What stands behind a field whose values have to be said. */
function values(field: ImportField): string {
  const kind = kindOf(field);
  if (kind.kind !== 'one of') return '';
  return `\n    # What stands in the file, and which of ${kind.values.join(', ')} it means:\n    # values: { ${EXAMPLES[field] ?? `'Such': ${kind.values[0]}`} }\n    # else: ${kind.values[0]}`;
}

/** A mapping guessed from the titles of a file, with what to look at as comments. */
export function sketchMapping(fileName: string, titles: readonly string[]): string {
  const free = new Set(titles);
  const take = (pattern: RegExp): string | undefined => {
    const title = titles.find((one) => free.has(one) && pattern.test(alike(one)));
    if (title !== undefined) free.delete(title);
    return title;
  };
  const id = take(ID);
  const found = new Map<ImportField, string>();
  for (const [field, pattern] of MEANS) {
    if (found.has(field)) continue;
    const title = take(pattern);
    if (title !== undefined) found.set(field, title);
  }
  const fields = [...found].map(([field, title]) => {
    const more = values(field);
    return more === '' ? `  ${field}: ${quoted(title)}` : `  ${field}:\n    column: ${quoted(title)}${more}`;
  });
  const missing = NEEDED_FIELDS.filter((field) => !found.has(field)).map(
    (field) => `  # A seat needs this; no title speaks for it.\n  ${field}: { value: 'Say which column' }`,
  );
  const own =
    id === undefined
      ? `# Which columns tell the rows apart, and stay the same the next time:\nid: { columns: [${[found.get('name') ?? titles[0] ?? ''].map(quoted).join(', ')}], join: ' / ' }`
      : `# What tells the rows apart, and stays the same the next time.\nid: ${quoted(id)}`;
  return [
    `# How the rows of ${fileName.replaceAll(/[\r\n]/g, ' ')} become seats: guessed from its titles, so look at every line.`,
    `# docs/import.md tells what can stand here.`,
    '# A name for this inventory; with the id of a row it finds the same seat again.',
    `source: ${sourceOf(fileName)}`,
    '',
    own,
    '',
    '# Texts that say nothing.',
    "blank: ['N/A', '-']",
    '',
    'fields:',
    ...missing,
    ...fields,
    '',
    '# The other columns are kept with the seat; leave some out with “ignore: [title, title]”.',
    'extra: keep',
    ...[...free].map((title) => `#   ${title}`),
    '',
  ].join('\n');
}

const sourceOf = (fileName: string): string =>
  (fileName === PASTED ? '' : fileName)
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'inventory';
