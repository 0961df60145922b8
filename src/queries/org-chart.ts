import { orgById } from '../../db/orgs.ts';
import { type Owner, ownersOfSeats } from '../../db/owners.ts';
import { type Seat, everySeat, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { type ChartNode, type ChartRow, DRAWN_SEATS, chartRows, orgTrees } from '../domain/org-chart.ts';

/** Lines of the text; the picture draws the first of them. */
const MOST_ROWS = 40;

export interface OrgChartRow {
  readonly seat: Seat;
  readonly depth: number;
  /** Seats under it that have no line of their own. */
  readonly hidden: number;
  readonly accountable: Owner | undefined;
}

export interface OrgChart {
  /** Of the seat on top, or of the organisation. */
  readonly name: string;
  /** Of which only the part below it is shown. */
  readonly root: Seat | undefined;
  /** Above the seat on top, the next one first. */
  readonly above: readonly Seat[];
  readonly rows: readonly OrgChartRow[];
  /** Seats of trees that have no line at all. */
  readonly left: number;
  /** What the picture shows: fewer lines, so of large trees the upper part only. */
  readonly drawn: { readonly rows: readonly OrgChartRow[]; readonly left: number };
  readonly total: number;
}

/** Who reports to whom, below `root` or in all, in three queries whatever the number of seats. */
export async function loadOrgChart(
  db: Db,
  org: string,
  { root, retired = false }: { readonly root?: Seat; readonly retired?: boolean } = {},
): Promise<OrgChart> {
  const [found, ever] = await Promise.all([orgById(db, org), everySeat(db, org)]);
  const seats = ever.filter((seat) => retired || seat.stage !== 'retired' || seat.id === root?.id);
  const trees = root === undefined ? sorted(orgTrees(seats)) : below(seats, root);
  const { rows, left } = chartRows(trees, MOST_ROWS);
  const drawn = chartRows(trees, DRAWN_SEATS);
  const owners = await ownersOfSeats(
    db,
    org,
    rows.map(({ seat }) => seat.id),
  );
  const accountable = new Map(owners.filter((o) => o.role === 'accountable').map((o) => [o.seat, o]));
  const withOwner = (row: ChartRow<Seat>) => ({ ...row, accountable: accountable.get(row.seat.id) });
  return {
    name: root?.name ?? found!.name,
    root,
    above: root === undefined ? [] : aboveOf(ever, root),
    rows: rows.map(withOwner),
    left,
    drawn: { rows: drawn.rows.map(withOwner), left: drawn.left },
    total: trees.reduce((n, tree) => n + 1 + tree.under, 0),
  };
}

/** Those with the most below them first: seats that stand alone would hide the rest. */
const sorted = (trees: readonly ChartNode<Seat>[]) => trees.toSorted((a, b) => b.under - a.under);

/** The tree below one seat, which reports to nobody in it. */
function below(seats: readonly Seat[], root: Seat): ChartNode<Seat>[] {
  const free = seats.map((seat) => (seat.id === root.id ? { ...seat, parent: null } : seat));
  return orgTrees(free).filter((tree) => tree.seat.id === root.id);
}

function aboveOf(seats: readonly Seat[], root: Seat): Seat[] {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const chain: Seat[] = [];
  for (let at = byId.get(root.parent ?? ''); at !== undefined; at = byId.get(at.parent ?? '')) {
    if (at.id === root.id || chain.includes(at)) break;
    chain.push(at);
  }
  return chain;
}

/** The seats of a picture with who is accountable, in the order of the ids; who is gone is left out. */
export async function loadChartSeats(
  db: Db,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Pick<OrgChartRow, 'seat' | 'accountable'>>> {
  const [seats, owners] = await Promise.all([seatsByIds(db, org, ids), ownersOfSeats(db, org, ids)]);
  const accountable = new Map(owners.filter((o) => o.role === 'accountable').map((o) => [o.seat, o]));
  return new Map([...seats].map(([id, seat]) => [id, { seat, accountable: accountable.get(id) }]));
}
