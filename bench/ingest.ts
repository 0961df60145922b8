import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Measure } from './figures.ts';

interface Load {
  /** Readings of one request, and rows of one transaction of the limit. */
  readonly rows: number;
  /** Requests, and transactions of the limit. */
  readonly transactions: number;
  readonly connections: number;
}

const METRICS = 100;
const DAY_MS = 86_400_000;

/** Each reading is for a day of a number that has none yet, from yesterday backwards. */
const made = { readings: 0 };

function nextReading(): object {
  const index = made.readings;
  made.readings += 1;
  const day = new Date(Date.now() - (2 + Math.floor(index / METRICS)) * DAY_MS).toISOString().slice(0, 10);
  return { seat: 'claims', metric: `number-${index % METRICS}`, value: 91.5, period: day };
}

function bodyOf(rows: number): string {
  return JSON.stringify(
    rows === 1 ? nextReading() : { readings: Array.from({ length: rows }, () => nextReading()) },
  );
}

function post(agent: Agent, port: number, token: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(
      { agent, port, host: '127.0.0.1', path: '/api/v1/readings', method: 'POST', headers },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          res.statusCode === 200
            ? resolve()
            : reject(new Error(`${res.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 300)}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Milliseconds until all bodies were taken, a few at a time. */
async function sendAll(port: number, token: string, bodies: string[], connections: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const since = performance.now();
  const worker = async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop())
      await post(agent, port, token, body);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const ms = performance.now() - since;
  agent.destroy();
  return ms;
}

/** Single readings over HTTP at a fixed rate, one after the other, until `work` is done. */
export async function whileLogging<T>(
  { port, token }: { port: number; token: string },
  perSecond: number,
  work: () => Promise<T>,
): Promise<T> {
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify({ seat: 'claims', metric: 'acceptance', value: 91.5 });
  const until = { done: false };
  const log = async () => {
    while (!until.done) {
      await Promise.all([post(agent, port, token, body), sleep(1000 / perSecond)]);
    }
  };
  try {
    const [result] = await Promise.all([work().finally(() => (until.done = true)), log()]);
    return result;
  } finally {
    agent.destroy();
  }
}

const box: { token?: string } = {};

/**
 * Readings a second over HTTP with a token, authorised, audited and answered, against the same rows put into the same
 * table with better-sqlite3 alone, at the same durability (WAL, synchronous FULL) and in transactions of the same
 * size. What the readings lead to (drift) runs between the measurements.
 */
export const ingest = (name: string, { rows, transactions, connections }: Load, ratio: number): Measure => ({
  name: `ingest.${name}`,
  unit: '/s',
  aim: { ratio },
  async warmUp(stage) {
    const { child, port } = await stage.ingest();
    box.token ??= await child.ask<string>('token');
    await sendAll(
      port,
      box.token,
      Array.from({ length: 50 }, () => bodyOf(rows)),
      connections,
    );
    await child.ask('raw', { transactions: 50, rows });
    await child.ask('settle');
  },
  async pair(stage) {
    const { child, port } = await stage.ingest();
    const bodies = Array.from({ length: transactions }, () => bodyOf(rows));
    const all = transactions * rows;
    const limit = (all / (await child.ask<number>('raw', { transactions, rows }))) * 1000;
    const value = (all / (await sendAll(port, box.token!, bodies, connections))) * 1000;
    await child.ask('settle');
    return { value, limit };
  },
});
