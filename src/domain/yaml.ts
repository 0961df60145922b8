import {
  type Document,
  LineCounter,
  type Node,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  visit,
} from 'yaml';
import { type CoxswainError, invalid } from '../errors.ts';

/** A YAML text that could be parsed. */
export interface Yaml {
  readonly value: unknown;
  /** `Line 3, column 5: <words>.` for what stands at a path; of what is missing, where its parent begins. */
  readonly say: (path: readonly PropertyKey[], words: string) => string;
}

/** What the text should be, for sentences about it. */
export interface YamlAbout {
  /** `The rubric` */
  readonly subject: string;
  /** `This is not a rubric yet; nothing was changed.` */
  readonly not: string;
  /** A longer text is not parsed at all; `a rubric` has at most so many characters. */
  readonly most: number;
  readonly what: string;
}

const MOST_FAULTS = 5;

/**
 * Parses YAML. Throws invalid, with line, column and what was expected. Aliases are refused: a few lines of them can
 * stand for gigabytes.
 */
export function parseYaml(text: string, about: YamlAbout): Yaml {
  if (text.length > about.most)
    throw invalid(`${about.what} has at most ${about.most} characters; this text has ${text.length}.`);
  const lines = new LineCounter();
  // The parser compares every key of a mapping with every other: tens of thousands would take half a minute.
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [broken] = doc.errors;
  if (broken !== undefined) throw yamlFaults(about, [at(lines, broken.pos[0], yamlWords(broken.message))]);
  const again = repeatedKey(doc);
  if (again !== undefined)
    throw yamlFaults(about, [at(lines, again, 'expected each entry once; this one is there twice')]);
  return {
    value: valueOf(doc, about),
    say: (path, words) => at(lines, offsetOf(doc, path), words),
  };
}

/** The first faults in a sentence. */
export function yamlFaults({ not }: YamlAbout, faults: readonly string[]): CoxswainError {
  const more = faults.length > MOST_FAULTS ? ` And ${faults.length - MOST_FAULTS} more.` : '';
  return invalid(`${not} ${faults.slice(0, MOST_FAULTS).join(' ')}${more}`);
}

function valueOf(doc: Document, { subject }: YamlAbout): unknown {
  try {
    return doc.toJS({ maxAliasCount: 0 });
  } catch {
    throw invalid(`${subject} uses YAML aliases (“*name”): please write the texts out.`);
  }
}

const at = (lines: LineCounter, offset: number, words: string): string => {
  const { line, col } = lines.linePos(offset);
  return `Line ${Math.max(1, line)}, column ${Math.max(1, col)}: ${words}.`;
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

/** Where the value of a path stands in the text. */
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
