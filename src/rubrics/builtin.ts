import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rubric } from '../domain/rubric/rubric.ts';
import { readRubric } from './read.ts';

/** Rubrics that come with Coxswain, by key. An organisation owns its copy from its first score on. */
const FILES = ['production-readiness'] as const;

/** What seats are scored by. */
export const SEAT_RUBRIC = 'production-readiness';

const kept = new Map<string, Rubric>();

/** The rubric as it comes with this version of Coxswain; undefined for another key. */
export function builtinRubric(key: string): Rubric | undefined {
  if (!(FILES as readonly string[]).includes(key)) return undefined;
  const rubric =
    kept.get(key) ?? readRubric(readFileSync(fileURLToPath(new URL(`${key}.yaml`, import.meta.url)), 'utf8'));
  kept.set(key, rubric);
  return rubric;
}
