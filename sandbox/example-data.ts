interface ExampleSeat {
  readonly key: string;
  readonly name: string;
  readonly accountability: string;
  /** When the story begins; MOVES tells how it went on. */
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
    stage: 'build',
    risk: 'high',
    level: 5,
    owners: { accountable: 'cem', ...four, operations: 'dana', 'stop-ship': 'ana' },
  },
  {
    key: 'letters',
    name: 'Letter drafting',
    accountability: 'Drafts decision letters that a handler sends unchanged in nine of ten cases',
    stage: 'pilot',
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
    stage: 'pilot',
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
    key: 'minutes',
    name: 'Meeting minutes',
    accountability: 'Writes the minutes of the weekly claims round',
    stage: 'pilot',
    risk: 'low',
    level: 1,
    owners: { accountable: 'dana', product: 'bo' },
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

interface ExampleMove {
  readonly week: number;
  readonly by: string;
  readonly seat: string;
  readonly stage: string;
  readonly because: string;
}

/** How seats came further, and how one was ended. */
export const MOVES: readonly ExampleMove[] = [
  {
    week: 0,
    by: 'ana',
    seat: 'letters',
    stage: 'build',
    because: 'Handlers sent nine of ten drafts unchanged, and want them in the claim file.',
  },
  {
    week: 1,
    by: 'ana',
    seat: 'letters',
    stage: 'rollout',
    because: 'Drafts come from the system of record; the first two teams begin.',
  },
  {
    week: 2,
    by: 'ana',
    seat: 'coverage',
    stage: 'build',
    because: 'The pilot answered 300 questions; handlers want it in the claim file.',
  },
  {
    week: 3,
    by: 'ana',
    seat: 'claims',
    stage: 'rollout',
    because: 'Motor and household claims are sorted by it; the other lines follow one by one.',
  },
  {
    week: 4,
    by: 'ana',
    seat: 'letters',
    stage: 'production',
    because:
      'Three weeks of rollout, and no letter that had to be called back since the form of address was fixed.',
  },
  {
    week: 3,
    by: 'dana',
    seat: 'minutes',
    stage: 'retired',
    because: 'Nobody read the minutes. What was decided is in the claim file already.',
  },
];

interface ExamplePriority {
  /** As it will be called: they are numbered by seat. */
  readonly ref: string;
  readonly seat: string;
  readonly title: string;
  readonly owner: string;
  /** What its owner says in the last two weeks. */
  readonly tracks: readonly ('done' | { readonly on: boolean; readonly note?: string })[];
}

export const PRIORITIES: readonly ExamplePriority[] = [
  {
    ref: 'CLAIMS-P1',
    seat: 'claims',
    title: 'Hold one hour to the queue at twice the peak',
    owner: 'bo',
    tracks: [{ on: true }, { on: true, note: 'The load test is on Thursday.' }],
  },
  {
    ref: 'CLAIMS-P2',
    seat: 'claims',
    title: 'Every rejection names its reason to the handler',
    owner: 'dana',
    tracks: [
      { on: true },
      { on: false, note: 'The reasons are there, but legal has not agreed to their words.' },
    ],
  },
  {
    ref: 'LETTERS-P1',
    seat: 'letters',
    title: 'A second trained person in operations',
    owner: 'cem',
    tracks: [{ on: true }, 'done'],
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
    week: 0,
    by: 'eli',
    seat: 'claims',
    data: 'yellow',
    governance: 'red',
    integration: 'red',
    change: 'yellow',
    note: 'No human review point is written down yet.',
  },
  {
    week: 2,
    by: 'eli',
    seat: 'claims',
    data: 'green',
    governance: 'yellow',
    integration: 'red',
    change: 'yellow',
    note: 'Rollback has not been exercised.',
  },
  {
    week: 5,
    by: 'dana',
    seat: 'claims',
    data: 'green',
    governance: 'yellow',
    integration: 'yellow',
    change: 'green',
    note: 'Load test at twice the peak is planned.',
  },
  {
    week: 1,
    by: 'eli',
    seat: 'letters',
    data: 'green',
    governance: 'green',
    integration: 'yellow',
    change: 'green',
    note: 'Dead letters are watched by hand.',
  },
  {
    week: 3,
    by: 'dana',
    seat: 'intake',
    data: 'green',
    governance: 'green',
    integration: 'green',
    change: 'yellow',
    note: 'Operations needs a second trained person.',
  },
  {
    week: 4,
    by: 'eli',
    seat: 'coverage',
    data: 'yellow',
    governance: 'yellow',
    integration: 'red',
    change: 'red',
    note: 'Connected to a copy, not to the system of record.',
  },
  {
    week: 5,
    by: 'dana',
    seat: 'fraud',
    data: 'yellow',
    governance: 'red',
    integration: 'red',
    change: 'red',
    note: 'No governance owner.',
  },
];
