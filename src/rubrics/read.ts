import { stringify } from 'yaml';
import type { Rubric } from '../domain/rubric/rubric.ts';
import { parseYaml, yamlFaults } from '../domain/yaml.ts';
import { rubricSchema } from './schema.ts';

const ABOUT = {
  subject: 'The rubric',
  what: 'A rubric',
  not: 'This is not a rubric yet; nothing was changed.',
  /** More than any rubric within the limits needs. */
  most: 300_000,
};

/**
 * Reads a rubric from YAML. Throws invalid, with line, column and what was expected of the first faults.
 * Aliases are refused: a few lines of them can stand for gigabytes.
 */
export function readRubric(text: string): Rubric {
  const { value, say } = parseYaml(text, ABOUT);
  const parsed = rubricSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw yamlFaults(
    ABOUT,
    parsed.error.issues.map(({ path, message }) => say(path, `expected ${message}`)),
  );
}

/** The same rubric as YAML: reading it again gives an equal one. */
export const printRubric = (rubric: Rubric): string => stringify(rubric, { lineWidth: 0 });
