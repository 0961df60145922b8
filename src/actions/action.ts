import type { z } from 'zod';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { Actor } from '../context.ts';
import type { Keys } from '../keys.ts';
import type { Person } from '../../db/people.ts';
import type { Token } from '../../db/tokens.ts';
import type { Wanted } from '../../db/messages.ts';
import type { Json, JsonObject } from '../ui/card.ts';

/** What an action's code sees. Everything it reads and writes goes through `tx`. */
export interface Scope<I> {
  readonly tx: Db;
  readonly org: string;
  /** Business time. */
  readonly now: Instant;
  readonly actor: Actor;
  /** The active person behind the actor; absent for machines, schedules and follow-ups. */
  readonly person?: Person;
  /** The valid token behind the actor; absent for everybody but machines. */
  readonly token?: Token;
  /** For what is kept sealed. */
  readonly keys: Keys;
  readonly input: I;
}

/** By which right something is allowed (kept in the audit log), or who may do it instead. */
export type Verdict =
  | { readonly allowed: true; readonly right: string }
  | {
      readonly allowed: false;
      readonly whoMay: string;
      /** Why not, where that is not plain: `Here everyone would see it.` */
      readonly why?: string;
      /** The same, beside the field of the form that it is about. */
      readonly fields?: Readonly<Record<string, string>>;
    };

/** Something to do next, in its own transaction, as actor `system`. */
export interface FollowUp {
  readonly action: string;
  readonly input: JsonObject;
  /** Wanted twice, run once. */
  readonly key: string;
  /** Business time; now when left out. */
  readonly dueAt?: Instant;
}

/** What an action did. The runner stores all of it in the action's own transaction. */
export interface Effects<R> {
  readonly result: R;
  /** What a repeated call gets instead of the result: where that is long, or shown once only. */
  readonly kept?: Json;
  readonly audit: {
    /** `seat:<id>`, `issue:<id>` … */
    readonly subject: string;
    /** What changed, in ids, keys and numbers: nothing personal, nothing that people wrote. */
    readonly facts: JsonObject;
    /** What people wrote. */
    readonly text?: Json;
  };
  /** Messages that should now be on display. */
  readonly shows?: readonly Wanted[];
  /** Subjects whose messages must show the new state. */
  readonly changed?: readonly string[];
  readonly followUps?: readonly FollowUp[];
}

/** One verb that may change state. Without `allow` and an audit it does not type-check. */
export interface Action<I, R extends Json | void> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  /** The list of the input that may have thousands of items: it is checked a part at a time. */
  readonly long?: { readonly list: keyof I & string; readonly most: number };
  readonly allow: (scope: Scope<I>) => Promise<Verdict> | Verdict;
  readonly run: (scope: Scope<I>) => Promise<Effects<R>>;
  /** Of what Coxswain does by itself: whether it takes no longer than what people do, who may share its commit. */
  readonly brief?: (input: I) => boolean;
  /** Of a follow-up that may come to nothing: then it is not run, and the audit log has no entry of it. */
  readonly idle?: (asked: Pick<Scope<I>, 'tx' | 'org' | 'now' | 'input'>) => Promise<boolean>;
}

export const defineAction = <I, R extends Json | void>(action: Action<I, R>): Action<I, R> => action;

/** An action whose input and result are not known to the caller: for registries. */
// oxlint-disable-next-line typescript/no-explicit-any -- a list of actions of every input has no narrower type
export type AnyAction = Action<any, any>;
