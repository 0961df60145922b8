import { type Column, and, eq, inArray, or } from 'drizzle-orm';
import type { Json } from '../src/ui/card.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

type Columns = { readonly [T in keyof Tables]?: readonly (keyof Tables[T]['$inferSelect'])[] };

/**
 * Where a row names a person by id: what is stored about somebody is what these find. A test holds this against every
 * column of the schema.
 */
export const PERSON_COLUMNS = {
  orgs: ['joinCodeBy'],
  people: ['id', 'delegate', 'mergedInto', 'aloneBy'],
  identities: ['person'],
  channels: ['person'],
  tokens: ['createdBy', 'revokedBy'],
  seats: ['addedBy'],
  inventory: ['updatedBy'],
  vendors: ['createdBy', 'reviewedBy'],
  seatChanges: ['by'],
  vendorChanges: ['by'],
  imports: ['by'],
  owners: ['person', 'namedBy'],
  metrics: ['owner', 'pausedBy'],
  targetChanges: ['by'],
  baselines: ['by'],
  stageChanges: ['by'],
  priorities: ['owner'],
  tracks: ['by'],
  readings: ['reporter'],
  rubrics: ['proposedBy'],
  rubricApprovals: ['person'],
  scores: ['reviewer'],
  scoreRequests: ['reviewer', 'by'],
  drafts: ['person'],
  issues: ['assignee', 'openedBy', 'acknowledgedBy', 'solvedBy', 'closedBy'],
  escalations: ['snoozedBy', 'handedTo', 'handedBy'],
  pings: ['person'],
  comments: ['person'],
  rules: ['by', 'endedBy'],
  policies: ['by'],
  executiveDigests: ['toId'],
  messages: ['toId'],
} as const satisfies Columns;

/** Of no use to the person, and of some to who finds the file. */
const SECRET = new Set(['hash', 'signingSecret', 'linkCode', 'adminCode', 'joinCode', 'kept']);

type Row = Readonly<Record<string, Json>>;

/** Every row that names one of these ids, by table. */
export async function rowsAbout(db: Db, org: string, ids: readonly string[]): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const [name, columns] of Object.entries(PERSON_COLUMNS)) {
    // Guarantee of the casts: PERSON_COLUMNS names tables and columns of the schema, which the compiler has checked.
    const table = db.t[name as keyof typeof PERSON_COLUMNS] as Tables['owners'];
    const byName = table as unknown as Readonly<Record<string, Column>>;
    const naming = or(...columns.map((column) => inArray(byName[column]!, [...ids])));
    const within = name === 'orgs' ? eq(byName['id']!, org) : eq(table.org, org);
    const rows = (await db.select().from(table).where(and(within, naming))) as unknown as Row[];
    if (rows.length > 0) found[name] = rows.map(withoutSecrets);
  }
  return found;
}

const withoutSecrets = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !SECRET.has(column)));
