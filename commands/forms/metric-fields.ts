import { SENSITIVITIES } from '../../src/domain/drift/types.ts';
import { METRIC_CATEGORIES, METRIC_SOURCES } from '../../src/domain/metric.ts';
import { CADENCES } from '../../src/domain/period.ts';
import type { Field, Option } from '../../src/ui/form.ts';
import { initial, optionsOf } from './fields.ts';

const DIRECTION_OPTIONS: readonly Option[] = [
  { value: 'higher', label: 'higher is better' },
  { value: 'lower', label: 'lower is better' },
  { value: 'range', label: 'between two ends' },
];

const SOURCE_WORDS = {
  chat: 'people, in chat',
  api: 'a machine, by the API',
  csv: 'files',
  alert: 'alerts of a machine',
} as const;

const SENSITIVITY_WORDS = {
  quiet: 'quiet: few signals, only clear changes',
  standard: 'standard',
  sensitive: 'sensitive: small changes too, more false alarms',
} as const;

type Known = string | undefined;

const select = <const T extends readonly string[]>(
  name: string,
  label: string,
  values: T,
  words: Readonly<Record<T[number], string>>,
  known: Known,
): Field => ({
  kind: 'select',
  name,
  label,
  options: values.map((value) => ({ value, label: words[value as T[number]] })),
  ...initial(values.find((value) => value === known)),
});

export const directionField = (known: Known): Field => ({
  kind: 'select',
  name: 'direction',
  label: 'What is good',
  options: DIRECTION_OPTIONS,
  ...initial(DIRECTION_OPTIONS.find((o) => o.value === known)?.value),
});

export const categoryField = (known: Known): Field => ({
  kind: 'select',
  name: 'category',
  label: 'Category',
  options: optionsOf(METRIC_CATEGORIES),
  ...initial(METRIC_CATEGORIES.find((c) => c === known)),
});

export const cadenceField = (known: Known): Field => ({
  kind: 'select',
  name: 'cadence',
  label: 'How often',
  options: optionsOf(CADENCES),
  ...initial(CADENCES.find((c) => c === known)),
});

export const sourceField = (known: Known): Field =>
  select('source', 'Where values come from', METRIC_SOURCES, SOURCE_WORDS, known);

export const sensitivityField = (known: Known): Field =>
  select('sensitivity', 'How readily drift is reported', SENSITIVITIES, SENSITIVITY_WORDS, known);
