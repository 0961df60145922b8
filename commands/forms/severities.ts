import { SEVERITY_WORDS } from '../../src/domain/issue.ts';
import type { Field, Option } from '../../src/ui/form.ts';

const severities: readonly Option[] = Object.entries(SEVERITY_WORDS).map(([value, word]) => ({
  value,
  label: `${value} ${word}`,
}));

/** A choice of severity, with one chosen. */
export const severityField = (chosen: string): Field => ({
  kind: 'select',
  name: 'severity',
  label: 'Severity',
  options: severities,
  ...(severities.some((one) => one.value === chosen) ? { initial: chosen } : {}),
  hint: 'Critical pings people day and night.',
});
