/** What an org chart needs of a seat. */
export interface ChartSeat {
  readonly id: string;
  readonly key: string;
  readonly parent: string | null;
}

export interface ChartNode<S> {
  readonly seat: S;
  /** In the order of their keys. */
  readonly below: readonly ChartNode<S>[];
  /** All seats under it, at any depth. */
  readonly under: number;
}

/** The seats from this one upwards, itself first; stops where it would go round. */
export function chainOf(parents: ReadonlyMap<string, string | null>, from: string): string[] {
  const chain: string[] = [];
  for (let at: string | null | undefined = from; at != null && !chain.includes(at); at = parents.get(at))
    chain.push(at);
  return chain;
}

/** Whether `seat` would report to itself, at whatever distance, if it reported to `parent`. */
export const wouldGoRound = (
  parents: ReadonlyMap<string, string | null>,
  seat: string,
  parent: string,
): boolean => chainOf(parents, parent).includes(seat);

/**
 * The trees of the seats, each of them in exactly one place. A seat whose parent is not among them stands on top; of
 * seats that report to each other in a circle, the one with the first key does.
 */
export function orgTrees<S extends ChartSeat>(seats: readonly S[]): ChartNode<S>[] {
  const sorted = seats.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const known = new Set(sorted.map((seat) => seat.id));
  const below = Map.groupBy(sorted, (seat) =>
    seat.parent !== null && known.has(seat.parent) ? seat.parent : '',
  );
  const placed = new Set<string>();
  const nodeOf = (root: S): ChartNode<S> => {
    // Without recursion: a chain of thousands of seats is no reason to run out of stack.
    const order: S[] = [root];
    const children = new Map<string, S[]>();
    placed.add(root.id);
    for (let i = 0; i < order.length; i += 1) {
      const mine = (below.get(order[i]!.id) ?? []).filter((seat) => !placed.has(seat.id));
      for (const seat of mine) placed.add(seat.id);
      children.set(order[i]!.id, mine);
      order.push(...mine);
    }
    const nodes = new Map<string, ChartNode<S>>();
    for (const seat of order.toReversed()) {
      const under = (children.get(seat.id) ?? []).map((child) => nodes.get(child.id)!);
      const count = under.reduce((n, node) => n + 1 + node.under, 0);
      nodes.set(seat.id, { seat, below: under, under: count });
    }
    return nodes.get(root.id)!;
  };
  const trees = (below.get('') ?? []).map(nodeOf);
  for (const seat of sorted) if (!placed.has(seat.id)) trees.push(nodeOf(seat));
  return trees;
}

/** Seats that the picture draws: more would make it higher than Teams shows (1024 pixels). */
export const DRAWN_SEATS = 15;

/** A line of the chart. */
export interface ChartRow<S> {
  readonly seat: S;
  /** 0 on top. */
  readonly depth: number;
  /** Seats under it that have no line of their own. */
  readonly hidden: number;
}

/**
 * The lines of a chart with at most `most` of them, each seat above those that report to it: level by level from the
 * top, so that what is left out is the lowest. `left` counts the trees that have no line at all, with all in them.
 */
export function chartRows<S extends ChartSeat>(
  trees: readonly ChartNode<S>[],
  most: number,
): { readonly rows: readonly ChartRow<S>[]; readonly left: number } {
  const drawn = new Set<ChartNode<S>>();
  let level: readonly ChartNode<S>[] = trees;
  while (level.length > 0 && drawn.size < most) {
    for (const node of level.slice(0, most - drawn.size)) drawn.add(node);
    level = level.filter((node) => drawn.has(node)).flatMap((node) => node.below);
  }
  const rows: ChartRow<S>[] = [];
  const waiting = trees.map((node) => ({ node, depth: 0 })).toReversed();
  let left = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (!drawn.has(node)) {
      if (depth === 0) left += 1 + node.under;
      continue;
    }
    const hidden = node.below.reduce((n, child) => (drawn.has(child) ? n : n + 1 + child.under), 0);
    rows.push({ seat: node.seat, depth, hidden });
    waiting.push(...node.below.map((child) => ({ node: child, depth: depth + 1 })).toReversed());
  }
  return { rows, left };
}
