import {
  type Document,
  LineCounter,
  type Node,
  isMap,
  isPair,
  isNode,
  isScalar,
  parseDocument,
  stringify,
  visit,
} from 'yaml';
import type { Rubric } from '../domain/rubric/rubric.ts';
import { invalid } from '../errors.ts';
import { rubricSchema } from './schema.ts';

/** More than any rubric within the limits needs; a longer text is not parsed at all. */
const MOST_CHARACTERS = 300_000;
const MOST_FAULTS = 5;

/**
 * Reads a rubric from YAML. Throws invalid, with line, column and what was expected of the first faults.
 * Aliases are refused: a few lines of them can stand for gigabytes.
 */
export function readRubric(text: string): Rubric {
  if (text.length > MOST_CHARACTERS)
    throw invalid(`A rubric has at most ${MOST_CHARACTERS} characters; this text has ${text.length}.`);
  const lines = new LineCounter();
  // The parser compares every key of a mapping with every other: tens of thousands would take half a minute.
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [broken] = doc.errors;
  if (broken !== undefined) throw faulty([at(lines, broken.pos[0], yamlWords(broken.message))]);
  const again = repeatedKey(doc);
  if (again !== undefined)
    throw faulty([at(lines, again, 'expected each entry once; this one is there twice')]);
  const parsed = rubricSchema.safeParse(valueOf(doc));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    at(lines, offsetOf(doc, path), `expected ${message}`),
  );
  throw faulty(faults);
}

/** The same rubric as YAML: reading it again gives an equal one. */
export const printRubric = (rubric: Rubric): string => stringify(rubric, { lineWidth: 0 });

function valueOf(doc: Document): unknown {
  try {
    return doc.toJS({ maxAliasCount: 0 });
  } catch {
    throw invalid('The rubric uses YAML aliases (“*name”): please write the texts out.');
  }
}

const at = (lines: LineCounter, offset: number, words: string): string => {
  const { line, col } = lines.linePos(offset);
  return `Line ${Math.max(1, line)}, column ${Math.max(1, col)}: ${words}.`;
};

const faulty = (faults: readonly string[]) => {
  const more = faults.length > MOST_FAULTS ? ` And ${faults.length - MOST_FAULTS} more.` : '';
  return invalid(
    `This is not a rubric yet; nothing was changed. ${faults.slice(0, MOST_FAULTS).join(' ')}${more}`,
  );
};

const yamlWords = (message: string): string =>
  message.startsWith('Maximum call stack')
    ? 'expected fewer lists or mappings within each other'
    : `${message.split('\n')[0]!.replace(/[.:]+$/, '')} (YAML)`;

/** Where a key of a mapping stands for the second time. */
function repeatedKey(doc: Document): number | undefined {
  let found: number | undefined;
  visit(doc, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** Where the value of a path stands in the text; of what is missing, where its parent begins. */
function offsetOf(doc: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(doc, path.slice(0, length));
    if (node?.range != null) return node.range[0];
  }
  return 0;
}

function nodeAt(doc: Document, path: readonly PropertyKey[]): Node | undefined {
  let node: unknown = doc.contents;
  for (const step of path) {
    if (isMap(node))
      node = node.items.find((item) => isPair(item) && String(item.key) === String(step))?.value;
    else if (isNode(node) && 'items' in node) node = (node.items as readonly unknown[])[Number(step)];
    else return undefined;
  }
  return isNode(node) ? node : undefined;
}
