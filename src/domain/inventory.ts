import { fold } from './fold.ts';

/** What an inventory says of a seat, beside the seat itself. `null` and empty lists: not said. */
export interface InventoryRecord {
  /** What it is used for, and what is expected of it. */
  readonly useCase: string | null;
  readonly users: string | null;
  readonly dataSources: readonly string[];
  readonly modelClass: string | null;
  readonly modelProvider: string | null;
  /** Systems of record that it reads or writes. */
  readonly integrations: readonly string[];
  /** What the sector demands, and how it is met. */
  readonly posture: string | null;
  /** Where the use case comes from. */
  readonly source: string | null;
  /** What somebody's inventory says beyond these fields: text by the name that it has there. */
  readonly extra: Readonly<Record<string, string>>;
}

type TextKey = 'useCase' | 'users' | 'modelClass' | 'modelProvider' | 'posture' | 'source';
type ListKey = 'dataSources' | 'integrations';
export type RecordKey = TextKey | ListKey;

interface Field {
  readonly title: string;
  /** What is asked for, in words that continue “Please give”. */
  readonly asks: string;
  /** Characters, of a list of each item. Inventories of large organisations hold texts of over 4,000 characters. */
  readonly most: number;
}

const TEXT_FIELDS: Readonly<Record<TextKey, Field>> = {
  useCase: { title: 'Use case', asks: 'what it is used for', most: 10_000 },
  users: { title: 'Users', asks: 'who uses it', most: 2000 },
  modelClass: { title: 'Model class', asks: 'the class of its model', most: 300 },
  modelProvider: { title: 'Model provider', asks: 'the provider of its model', most: 300 },
  posture: { title: 'Sector posture', asks: 'what the sector demands of it', most: 5000 },
  source: { title: 'Source', asks: 'where the use case comes from', most: 1000 },
};

const LIST_FIELDS: Readonly<Record<ListKey, Field>> = {
  dataSources: { title: 'Data sources', asks: 'its data sources', most: 2000 },
  integrations: { title: 'Systems of record', asks: 'the systems of record it is connected to', most: 2000 },
};

/** Items of one list. */
export const MOST_ITEMS = 50;
/** Of `extra`: how many texts, and how long their names, each of them, and all together may be. */
export const EXTRA = { most: 200, name: 300, text: 10_000, together: 100_000 } as const;

/** In the order in which people read them. */
export const RECORD_KEYS: readonly RecordKey[] = [
  'useCase',
  'users',
  'dataSources',
  'modelClass',
  'modelProvider',
  'integrations',
  'posture',
  'source',
];

const LISTS: ReadonlySet<RecordKey> = new Set<RecordKey>(['dataSources', 'integrations']);
export const isList = (key: RecordKey): key is ListKey => LISTS.has(key);

export const fieldOf = (key: RecordKey): Field => (isList(key) ? LIST_FIELDS[key] : TEXT_FIELDS[key]);

export const EMPTY_RECORD: InventoryRecord = {
  useCase: null,
  users: null,
  dataSources: [],
  modelClass: null,
  modelProvider: null,
  integrations: [],
  posture: null,
  source: null,
  extra: {},
};

/** Fields of which nothing is said. A human holder has no model. */
export const missingOf = (record: InventoryRecord, holder: 'ai' | 'human'): readonly RecordKey[] =>
  RECORD_KEYS.filter((key) => {
    if (holder === 'human' && (key === 'modelClass' || key === 'modelProvider')) return false;
    return (record[key]?.length ?? 0) === 0;
  });

/** What a search looks at, folded: the seat's own words first. */
export const searchableSeat = (
  seat: { readonly key: string; readonly name: string; readonly accountability: string },
  record: InventoryRecord,
): string => fold([seat.key, seat.name, seat.accountability, ...saidIn(record)].join('\n'));

function saidIn(record: InventoryRecord): string[] {
  const said: string[] = [];
  for (const key of RECORD_KEYS) {
    const value = record[key];
    if (typeof value === 'string') said.push(value);
    else if (value !== null) said.push(...value);
  }
  for (const title of Object.keys(record.extra)) said.push(record.extra[title]!);
  return said;
}
