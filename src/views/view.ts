import type { z } from 'zod';
import type { Db } from '../../db/store.ts';
import type { NewFollowUp } from '../../db/work.ts';
import type { App } from '../context.ts';
import type { Card } from '../ui/card.ts';

/** How a stored message is drawn. Its arguments are ids: everything else is read when it is drawn. */
export interface View<A> {
  readonly args: z.ZodType<A>;
  /** Undefined when there is nothing to say any more. */
  readonly draw: (app: App, org: string, args: A) => Promise<Card | undefined>;
  /** It asks somebody for something: sent again, marked *may repeat*, rather than lost. */
  readonly urgent?: true;
  /** Whether it still asks for anything; otherwise its first post is not worth it. */
  readonly stillAsks?: (app: App, org: string, args: A) => Promise<boolean>;
  /** What follows when its person cannot be reached. */
  readonly unreachable?: (tx: Db, org: string, args: A, person: string) => Promise<readonly NewFollowUp[]>;
}

/** A view whose arguments are not known to the caller: for the registry. */
export interface AnyView {
  readonly urgent: boolean;
  draw(app: App, org: string, args: unknown, first: boolean): Promise<Card | undefined>;
  unreachable(tx: Db, org: string, args: unknown, person: string): Promise<readonly NewFollowUp[]>;
}

export const defineView = <A>(view: View<A>): AnyView => ({
  urgent: view.urgent === true,
  async draw(app, org, raw, first) {
    const args = view.args.parse(raw);
    if (first && view.stillAsks !== undefined && !(await view.stillAsks(app, org, args))) return undefined;
    return view.draw(app, org, args);
  },
  unreachable: async (tx, org, raw, person) =>
    (await view.unreachable?.(tx, org, view.args.parse(raw), person)) ?? [],
});
