import type { RecordKey } from './inventory.ts';
import type { VendorKey } from './vendor.ts';

/** How the fields of a record are typed in a line, each with the other names that people try. */
export const RECORD_NAMES: Readonly<Record<RecordKey, string>> = {
  useCase: 'use-case|usecase|purpose',
  users: 'users',
  dataSources: 'data|data-sources|sources',
  modelClass: 'model|model-class',
  modelProvider: 'provider|model-provider',
  integrations: 'systems|integrations|systems-of-record',
  posture: 'posture|sector-posture',
  source: 'source|idea',
};

export const VENDOR_NAMES: Readonly<Record<VendorKey, string>> = {
  sla: 'sla|service-level',
  terms: 'terms|dpa',
  residency: 'residency',
  rateLimits: 'limits|rate-limits',
  cost: 'cost|costs',
  switching: 'switching|switch',
  contact: 'contact',
};

/** The `named` of a verb that takes these fields: each under its key, with every name that it may be typed by. */
export const namedOf = (names: Readonly<Record<string, string>>): string[] =>
  Object.entries(names).map(([key, typed]) => `${key}|${typed}`);

/** What was typed for these fields. */
export const given = (
  names: Readonly<Record<string, string>>,
  input: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.keys(names).flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])),
  );
