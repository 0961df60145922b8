import { assertTokenReaches } from '../../actions/allow.ts';
import { needSeat } from '../../actions/find.ts';
import type { Seat } from '../../../db/seats.ts';
import { loadNumbers, loadSeatForMachines } from '../../queries/machine.ts';
import type { Json } from '../../ui/card.ts';
import type { Caller, Endpoint } from '../endpoint.ts';
import { type Got, got } from '../problem.ts';
import { numbersSchema, seatSchema } from './words.ts';

/** The seat, if the token reaches it. */
async function reachedSeat({ app, token }: Caller, key: string): Promise<Seat> {
  await assertTokenReaches(app.store.read, token, 'seats:read', [key]);
  return needSeat(app.store.read, token.org, key);
}

export async function readSeat(caller: Caller, key: string): Promise<Got<Json>> {
  const seat = await reachedSeat(caller, key);
  return got(await loadSeatForMachines(caller.app.store.read, caller.token.org, seat));
}

export async function listNumbers(caller: Caller, key: string): Promise<Got<Json>> {
  const { store, clock } = caller.app;
  const seat = await reachedSeat(caller, key);
  return got(await loadNumbers(store.read, caller.token.org, seat, clock.now()));
}

export const seatEndpoint: Endpoint = {
  method: 'GET',
  path: '/api/v1/seats/{key}',
  id: 'readSeat',
  summary: 'One seat: its owners, readiness and open issues',
  scope: 'seats:read',
  answer: seatSchema,
  problems: [404],
  handle: ({ caller, params }) => readSeat(caller, params['key']!),
};

export const numbersEndpoint: Endpoint = {
  method: 'GET',
  path: '/api/v1/seats/{key}/metrics',
  id: 'listNumbers',
  summary: 'The numbers of a seat, each with its target and newest reading',
  description: 'What is not there is null, never false or 0.',
  scope: 'seats:read',
  answer: numbersSchema,
  problems: [404],
  handle: ({ caller, params }) => listNumbers(caller, params['key']!),
};
