import { EXTRA } from '../domain/inventory.ts';
import { type Mapper, mapperOf } from '../domain/import/map-rows.ts';
import { titlesSaid } from '../domain/import/file-notes.ts';
import type { Mapping, MappingFault } from '../domain/import/mapping.ts';
import { invalid } from '../errors.ts';
import { parseYaml, yamlFaults } from '../domain/yaml.ts';
import { mappingSchema } from './schema.ts';

const ABOUT = {
  subject: 'The mapping',
  what: 'A mapping',
  not: 'This is not a mapping for this file yet; nothing was changed.',
  most: 300_000,
};

/** A mapping that was read from a file. */
export interface ReadMapping {
  readonly mapping: Mapping;
  /** Binds it to the titles of a file; throws invalid, with the lines that name columns which the file does not have. */
  readonly mapperFor: (titles: readonly string[]) => Mapper;
}

/** Reads a mapping from YAML. Throws invalid, with line, column and what was expected of the first faults. */
export function readMapping(text: string): ReadMapping {
  const { value, say } = parseYaml(text, ABOUT);
  const parsed = mappingSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap(deepest);
    throw yamlFaults(
      ABOUT,
      faults.map(({ path, message }) => say(path, `expected ${message}`)),
    );
  }
  const mapping: Mapping = parsed.data;
  const faulty = (faults: readonly MappingFault[]) =>
    yamlFaults(
      ABOUT,
      faults.map(({ path, say: words }) => say(path, words.replace(/\.$/, ''))),
    );
  return {
    mapping,
    mapperFor(titles) {
      const bound = mapperOf(mapping, titles, EXTRA);
      if ('faults' in bound) throw bound.foreign ? foreignTo(titles) : faulty(bound.faults);
      return bound.mapper;
    },
  };
}

/** It is the wrong file, or the mapping of another one: which line names what is of no use. */
const foreignTo = (titles: readonly string[]) =>
  invalid(
    `This file has none of the columns that the mapping names; nothing was changed. Its columns are: ${titlesSaid(titles)}. Give the file that the mapping is for, or the mapping of this file.`,
  );

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a choice between a title and a mapping, what is wrong with the mapping that was written. */
function deepest(issue: {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}): readonly Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors === undefined) return [issue];
  const inner = issue.errors.at(-1) ?? [];
  if (inner.every(({ path }) => path.length === 0 && issue.message !== 'Invalid input')) return [issue];
  return inner.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}
