import { setImmediate as nextTurn } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import { appendAudit } from '../../db/audit.ts';
import { raiseSubjects, wantMessages } from '../../db/messages.ts';
import { type Person, actingPerson } from '../../db/people.ts';
import { type Token, tokenById } from '../../db/tokens.ts';
import { sightOfPerson } from '../../db/visibility.ts';
import { keepResult, queueFollowUps, resultFor } from '../../db/work.ts';
import { type Db, isUniqueViolation } from '../../db/store.ts';
import type { Actor, Ctx } from '../context.ts';
import { tokenState } from '../domain/token.ts';
import { conflict, forbidden, invalid } from '../errors.ts';
import { sha256 } from '../ids.ts';
import { capital, storable } from '../text.ts';
import type { Json } from '../ui/card.ts';
import type { Action, AnyAction, Scope, Verdict } from './action.ts';

/**
 * The only way to change state: parse, resolve the actor, authorise, one transaction with the change, its audit
 * entry, the messages it wants shown and what follows. `key` makes repeated calls one: a call with a key that
 * was used before gets the first call's result.
 *
 * Throws CoxswainError: invalid, forbidden (says who may), not_found, conflict (says who got there first).
 */
export function perform<I, R extends Json | void>(
  ctx: Ctx,
  action: Action<I, R>,
  rawInput: unknown,
  key: string | undefined = ctx.requestKey === undefined ? undefined : `${ctx.requestKey}/${action.name}`,
): Promise<R> {
  return ctx.telemetry.measure({ kind: 'action', action: action.name }, () =>
    performed(ctx, action, rawInput, key),
  );
}

async function performed<I, R extends Json | void>(
  ctx: Ctx,
  action: Action<I, R>,
  rawInput: unknown,
  key: string | undefined,
): Promise<R> {
  const input = await parseInTurns(action, rawInput);
  // Whoever else knows the key neither acts with another's right nor reads another's result.
  const inputHash = key === undefined ? '' : sha256(canonicalize({ actor: ctx.actor, input }) ?? '');
  const alone = mayTakeLong(ctx.actor, action, input);
  const transact = () => ctx.store.write((tx) => runIn(tx, ctx, action, input, key, inputHash), { alone });
  try {
    const { result, leftWork } = await afterOthers(transact);
    if (leftWork) ctx.kick();
    return result;
  } catch (error) {
    // Two deliveries of one request at the same moment: whatever stopped the second, the first one's result stands now.
    const earlier = key === undefined ? undefined : await resultFor(ctx.store.read, ctx.org, key);
    if (earlier !== undefined) return sameCall(action, earlier, inputHash) as R;
    throw error;
  }
}

/** Who waits for an answer does not wait because of a long list, nor because of what Coxswain does by itself. */
function mayTakeLong<I>(actor: Actor, { long, brief }: Pick<Action<I, Json>, 'long' | 'brief'>, input: I) {
  if (actor.kind === 'system' || actor.kind === 'schedule') return brief?.(input) !== true;
  const list = long === undefined ? undefined : input[long.list];
  return Array.isArray(list) && list.length > BRIEF;
}

/** A list of so many items takes no longer than anything else. */
const BRIEF = 50;

/** Some who make the same thing at the same moment: run again, who comes second sees the first and says so in a sentence. */
async function afterOthers<T>(transact: () => Promise<T>, triesLeft = 5): Promise<T> {
  try {
    return await transact();
  } catch (error) {
    if (triesLeft === 0 || !isUniqueViolation(error)) throw error;
    return afterOthers(transact, triesLeft - 1);
  }
}

/**
 * Throws forbidden, with who may, before somebody fills in a form for nothing. `perform` asks again: what counts is
 * who may at that moment.
 */
export async function assertMay(ctx: Ctx, action: AnyAction, input: unknown): Promise<void> {
  const { org, actor } = ctx;
  const now = ctx.clock.now();
  const scope = {
    org,
    now,
    actor,
    input,
    keys: ctx.keys,
    ...(await behind(ctx.store.read, org, actor, now)),
  };
  refuse(await action.allow(scope));
}

function refuse(verdict: Verdict): asserts verdict is Extract<Verdict, { allowed: true }> {
  if (verdict.allowed) return;
  const { why = 'You may not do this.', whoMay, fields = {} } = verdict;
  throw forbidden(`${why} ${capital(whoMay)} may.`, { fields });
}

/** So many items of a long list are checked before others get a turn of the event loop. */
const TURN = 500;

/** What is wrong in a long list is told of the first part of it that has faults. */
async function parseInTurns<I, R extends Json | void>(action: Action<I, R>, raw: unknown): Promise<I> {
  const name = action.long?.list;
  // Guarantee of the casts: `list` names a list of the input.
  const list = name === undefined ? undefined : (raw as Readonly<Record<string, unknown>>)[name];
  if (name === undefined || !Array.isArray(list) || list.length <= TURN) return parseInput(action, raw);
  if (list.length > action.long!.most)
    throw invalid(`These are ${list.length}: send at most ${action.long!.most} at a time.`);
  const parts: I[] = [];
  for (let from = 0; from < list.length; from += TURN) {
    const part = { ...(raw as object), [name]: list.slice(from, from + TURN) };
    parts.push(parseInput(action, part, from));
    await nextTurn();
  }
  return { ...parts[0]!, [name]: parts.flatMap((part) => part[name] as unknown[]) };
}

/** `from` is the place of the first item of a list that is a part of a longer one. */
function parseInput<I, R extends Json | void>(action: Action<I, R>, raw: unknown, from = 0): I {
  const parsed = action.input.safeParse(storable(raw));
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues.slice(0, MOST_FAULTS))
    fields[fieldOf(path, from)] ??= message;
  throw invalid([...new Set(Object.values(fields))].slice(0, MOST_SENTENCES).join(' '), { fields });
}

/** Of a long list: after so many faults nothing new is learned, and nobody reads more sentences in a row. */
const MOST_FAULTS = 100;
const MOST_SENTENCES = 5;

/** `target`, or in a list which one: `readings.2`. */
const fieldOf = ([name, at]: readonly PropertyKey[], from: number): string =>
  typeof at === 'number' ? `${String(name)}.${from + at}` : String(name ?? '_');

async function runIn<I, R extends Json | void>(
  tx: Db,
  ctx: Ctx,
  action: Action<I, R>,
  input: I,
  key: string | undefined,
  inputHash: string,
): Promise<{ result: R; leftWork: boolean }> {
  const { org, actor } = ctx;
  if (key !== undefined) {
    const earlier = await resultFor(tx, org, key);
    if (earlier !== undefined) return { result: sameCall(action, earlier, inputHash) as R, leftWork: false };
  }
  const now = ctx.clock.now();
  const who = await behind(tx, org, actor, now);
  const scope: Scope<I> = { org, now, actor, input, keys: ctx.keys, ...who };
  const verdict = await action.allow(scope);
  refuse(verdict);

  const effects = await action.run(scope);
  const seq = await appendAudit(tx, ctx.keys, {
    org,
    at: now,
    action: action.name,
    actor: { ...actor },
    right: verdict.right,
    ...effects.audit,
  });
  const cause = who.person?.id;
  await wantMessages(tx, org, now, ctx.wall.now(), effects.shows ?? [], cause);
  const raised = await raiseSubjects(tx, org, ctx.wall.now(), effects.changed ?? []);
  await queueFollowUps(tx, org, seq, now, effects.followUps ?? []);
  if (key !== undefined) {
    await keepResult(tx, {
      org,
      key,
      action: action.name,
      inputHash,
      result: effects.kept ?? effects.result ?? null,
      at: now,
    });
  }
  return {
    result: effects.result,
    leftWork: raised > 0 || (effects.shows?.length ?? 0) + (effects.followUps?.length ?? 0) > 0,
  };
}

function sameCall(
  action: { name: string },
  earlier: { action: string; inputHash: string; result: Json },
  inputHash: string,
): Json {
  if (earlier.action !== action.name || earlier.inputHash !== inputHash) {
    throw conflict(
      'This idempotency key was already used for another request. Use a new key for a new request.',
    );
  }
  return earlier.result;
}

/**
 * The person or the token that acts, as they are within this very transaction, and the handle with what they may see.
 * Machines and Coxswain itself see all.
 */
async function behind(tx: Db, org: string, actor: Actor, now: number): Promise<Who> {
  switch (actor.kind) {
    case 'person': {
      const { person, restricted } = await activePerson(tx, org, actor.person);
      return { person, tx: await sightOfPerson(tx, org, person, restricted) };
    }
    case 'token':
      return { token: await activeToken(tx, org, actor.token, now), tx };
    case 'alert':
    case 'schedule':
    case 'system':
      return { tx };
    default:
      return actor satisfies never;
  }
}

/** A token that was revoked a moment ago does nothing any more. */
async function activeToken(tx: Db, org: string, id: string, now: number): Promise<Token> {
  const token = await tokenById(tx, org, id);
  const state = token === undefined ? 'revoked' : tokenState(token, now);
  if (token === undefined || state !== 'active')
    throw forbidden(state === 'expired' ? 'This token has expired.' : 'This token is not valid any more.');
  return token;
}

type Who = { readonly person?: Person; readonly token?: Token; readonly tx: Db };

/** Guests and people from outside decide nothing; who has left the organisation does not either. */
async function activePerson(
  tx: Db,
  org: string,
  id: string,
): Promise<{ person: Person; restricted: boolean }> {
  const found = await actingPerson(tx, org, id);
  if (found === undefined || !found.person.active)
    throw forbidden('Your account is not active in this organisation.');
  if (found.person.guest)
    throw forbidden('Guests and people from other organisations cannot change anything here.');
  return found;
}
