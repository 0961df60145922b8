/** Weeks that the example company looks back on. */
export const WEEKS = 10;

interface ExampleSeat {
  readonly key: string;
  readonly name: string;
  readonly accountability: string;
  readonly stage: string;
  readonly risk: string;
  readonly level: number;
  readonly owners: Readonly<Record<string, string>> & { readonly accountable: string };
}

const four = { business: 'cem', product: 'dana', platform: 'bo', governance: 'eli' };

export const SEATS: readonly ExampleSeat[] = [
  {
    key: 'claims',
    name: 'Claims triage',
    accountability: 'Sorts every incoming claim into the right queue within one hour',
    stage: 'rollout',
    risk: 'high',
    level: 5,
    owners: { accountable: 'cem', ...four, operations: 'dana', 'stop-ship': 'ana' },
  },
  {
    key: 'letters',
    name: 'Letter drafting',
    accountability: 'Drafts decision letters that a handler sends unchanged in nine of ten cases',
    stage: 'production',
    risk: 'medium',
    level: 3,
    owners: { accountable: 'dana', ...four, operations: 'cem' },
  },
  {
    key: 'intake',
    name: 'Document intake',
    accountability: 'Reads scanned documents into the claim file without a wrong policy number',
    stage: 'production',
    risk: 'medium',
    level: 4,
    owners: { accountable: 'bo', ...four, operations: 'cem' },
  },
  {
    key: 'coverage',
    name: 'Coverage answers',
    accountability: 'Answers coverage questions of handlers with the clause it relies on',
    stage: 'build',
    risk: 'high',
    level: 3,
    owners: { accountable: 'dana', ...four },
  },
  {
    key: 'fraud',
    name: 'Fraud signals',
    accountability: 'Marks claims that deserve a second look, with the reason',
    stage: 'pilot',
    risk: 'high',
    level: 5,
    owners: { accountable: 'eli', business: 'cem', platform: 'bo' },
  },
  {
    key: 'voice',
    name: 'Call summaries',
    accountability: 'Summarises service calls so that nobody has to listen again',
    stage: 'pilot',
    risk: 'low',
    level: 2,
    owners: { accountable: 'cem', product: 'dana' },
  },
  {
    key: 'subro',
    name: 'Recovery finder',
    accountability: 'Finds claims where costs can be recovered from a third party',
    stage: 'proposed',
    risk: 'medium',
    level: 1,
    owners: { accountable: 'ana' },
  },
  {
    key: 'pricing',
    name: 'Pricing assistant',
    accountability: 'Explains price differences to underwriters before renewal',
    stage: 'proposed',
    risk: 'high',
    level: 1,
    owners: { accountable: 'ana', product: 'dana' },
  },
];

interface ExampleNumber {
  readonly seat: string;
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
  readonly direction: string;
  readonly target: number;
  /** Only of a range. */
  readonly targetHigh?: number;
  readonly tolerance: number;
  /** Handle of who logs it. */
  readonly by: string;
  /** One a week, oldest first; null where it did not come. */
  readonly values: readonly (number | null)[];
}

export const NUMBERS: readonly ExampleNumber[] = [
  {
    seat: 'claims',
    key: 'acceptance',
    name: 'Acceptance rate',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 90,
    tolerance: 4,
    by: 'dana',
    values: [91, 92.5, 92, 93.1, 92.4, 91.8, 90.6, 89.2, 87.9, 79.4],
  },
  {
    seat: 'claims',
    key: 'cycle',
    name: 'Time to queue',
    category: 'business',
    unit: 'min',
    direction: 'lower',
    target: 60,
    tolerance: 15,
    by: 'cem',
    values: [74, 71, 64, 58, 52, 49, 50, 47, 51, 55],
  },
  {
    seat: 'claims',
    key: 'latency',
    name: 'Latency p95',
    category: 'system',
    unit: 's',
    direction: 'lower',
    target: 4,
    tolerance: 1,
    by: 'bo',
    values: [3.1, 3.0, 3.3, 2.9, 3.2, 3.1, 3.4, 3.2, 3.6, 3.8],
  },
  {
    seat: 'letters',
    key: 'unchanged',
    name: 'Sent unchanged',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 88,
    tolerance: 5,
    by: 'dana',
    values: [84, 85.5, 87, 86, 88.5, 89, 90.2, 91, 90.4, 91.3],
  },
  {
    seat: 'letters',
    key: 'adoption',
    name: 'Active handlers',
    category: 'adoption',
    unit: '%',
    direction: 'higher',
    target: 70,
    tolerance: 10,
    by: 'dana',
    values: [61, 62, 64, 65, 66, 70, 73, 74, 76, 78],
  },
  {
    seat: 'intake',
    key: 'errors',
    name: 'Wrong policy numbers',
    category: 'quality',
    unit: '‰',
    direction: 'lower',
    target: 2,
    tolerance: 1,
    by: 'bo',
    values: [1.8, 1.6, 1.9, 1.4, 1.5, 1.7, 1.3, 1.2, 1.4, 1.1],
  },
  {
    seat: 'intake',
    key: 'throughput',
    name: 'Documents a day',
    category: 'business',
    unit: '',
    direction: 'higher',
    target: 4000,
    tolerance: 400,
    by: 'bo',
    values: [3650, 3900, 4120, 4300, 4280, 4410, 4520, 4390, 4610, 4700],
  },
  {
    seat: 'coverage',
    key: 'cited',
    name: 'Answers with a clause',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 95,
    tolerance: 3,
    by: 'dana',
    values: [92.5, 92.2, 93.1, 92.8, 94, 93.5, 94.6, 95.2, 95.8, 94.4],
  },
  {
    seat: 'fraud',
    key: 'precision',
    name: 'Confirmed marks',
    category: 'quality',
    unit: '%',
    direction: 'range',
    target: 30,
    targetHigh: 45,
    tolerance: 5,
    by: 'eli',
    values: [26, 27, 29, 31, 33, 36, 35, 38, 37, 39],
  },
  {
    seat: 'voice',
    key: 'active',
    name: 'Active share',
    category: 'adoption',
    unit: '%',
    direction: 'higher',
    target: 40,
    tolerance: 10,
    by: 'cem',
    values: [31, 32, 33, 35, 36, 38, 41, 42, 44, null],
  },
];

interface ExampleScore {
  readonly week: number;
  readonly by: string;
  readonly seat: string;
  readonly data: string;
  readonly governance: string;
  readonly integration: string;
  readonly change: string;
  readonly note: string;
}

export const SCORES: readonly ExampleScore[] = [
  {
    week: 1,
    by: 'eli',
    seat: 'claims',
    data: 'yellow',
    governance: 'red',
    integration: 'red',
    change: 'yellow',
    note: 'No human review point is written down yet.',
  },
  {
    week: 4,
    by: 'eli',
    seat: 'claims',
    data: 'green',
    governance: 'yellow',
    integration: 'red',
    change: 'yellow',
    note: 'Rollback has not been exercised.',
  },
  {
    week: 8,
    by: 'dana',
    seat: 'claims',
    data: 'green',
    governance: 'yellow',
    integration: 'yellow',
    change: 'green',
    note: 'Load test at twice the peak is planned.',
  },
  {
    week: 2,
    by: 'eli',
    seat: 'letters',
    data: 'green',
    governance: 'green',
    integration: 'yellow',
    change: 'green',
    note: 'Dead letters are watched by hand.',
  },
  {
    week: 5,
    by: 'dana',
    seat: 'intake',
    data: 'green',
    governance: 'green',
    integration: 'green',
    change: 'yellow',
    note: 'Operations needs a second trained person.',
  },
  {
    week: 6,
    by: 'eli',
    seat: 'coverage',
    data: 'yellow',
    governance: 'yellow',
    integration: 'red',
    change: 'red',
    note: 'Connected to a copy, not to the system of record.',
  },
  {
    week: 7,
    by: 'dana',
    seat: 'fraud',
    data: 'yellow',
    governance: 'red',
    integration: 'red',
    change: 'red',
    note: 'No governance owner.',
  },
];
