import { percentile } from '../figure.ts';
import { type RequestKind, prepare } from './requests.ts';
import type { StandIn } from './stand-in.ts';
import { type Wire, openWire } from './wire.ts';

export interface Drive extends RequestKind {
  readonly port: number;
  /** Where the visible answer comes: in the response, or at the stand-in. */
  readonly visible: 'response' | 'arrival';
  /** Words of the visible answer when it is in the response: an error card is no answer. */
  readonly expect?: string;
  readonly connections: number;
}

export interface Driven {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds to the visible answer. */
  readonly p50: number;
  readonly p99: number;
}

/** Prepared at once: signing is not what is measured, and takes the time of a few answers only. */
const CHUNK = 2000;

/** What has not arrived after this long does not arrive at all. */
const LOST_MS = 10_000;

const ms = (): number => Number(process.hrtime.bigint()) / 1e6;

async function ask(
  wire: Wire,
  drive: Drive,
  standIn: StandIn,
  request: ReturnType<typeof prepare>,
): Promise<void> {
  const arrival = drive.visible === 'arrival' ? standIn.arrival(request.key) : undefined;
  const answer = await wire.send(request.bytes);
  if (answer.status !== 200)
    throw new Error(`answered ${answer.status}: ${answer.raw.toString().slice(0, 600)}`);
  if (drive.expect !== undefined && answer.raw.indexOf(drive.expect) === -1) {
    throw new Error(`the answer does not say “${drive.expect}”: ${answer.raw.toString().slice(0, 600)}`);
  }
  if (arrival === undefined) return;
  const { promise: late, reject: failed } = Promise.withResolvers<never>();
  const lost = setTimeout(
    () => failed(new Error(`nothing arrived; answered ${answer.raw.toString().slice(0, 600)}`)),
    LOST_MS,
  );
  await Promise.race([arrival, late]).finally(() => clearTimeout(lost));
}

const prepareMany = (drive: Drive, standIn: StandIn, from: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    prepare(drive, from + i, (from + i) % drive.connections, Date.now(), `http://127.0.0.1:${standIn.port}`),
  );

async function withWires<T>(drive: Drive, work: (wires: readonly Wire[]) => Promise<T>): Promise<T> {
  const wires = await Promise.all(Array.from({ length: drive.connections }, () => openWire(drive.port)));
  try {
    return await work(wires);
  } finally {
    for (const wire of wires) wire.close();
  }
}

/** Closed loop: each connection asks again as soon as its answer is visible. */
export const driveClosed = (drive: Drive, standIn: StandIn, count: number): Promise<Driven> =>
  withWires(drive, async (wires) => {
    const latencies: number[] = [];
    let spent = 0;
    for (let from = 0; from < count; from += CHUNK) {
      const requests = prepareMany(drive, standIn, from, Math.min(CHUNK, count - from));
      const start = ms();
      await Promise.all(
        wires.map(async (wire, slot) => {
          for (let i = slot; i < requests.length; i += wires.length) {
            const asked = ms();
            await ask(wire, drive, standIn, requests[i]!);
            latencies.push(ms() - asked);
          }
        }),
      );
      spent += ms() - start;
    }
    return summary(latencies, spent);
  });

/**
 * Open loop: `perSecond` requests whether or not earlier ones were answered, until `stopped`. The time runs from
 * the moment at which a request was due, so that a stalled server is not kept from looking bad.
 */
export const driveOpen = (
  drive: Drive,
  standIn: StandIn,
  perSecond: number,
  stopped: () => boolean,
): Promise<Driven> =>
  withWires(drive, async (wires) => {
    const latencies: number[] = [];
    const free = [...wires];
    const waiting: ((wire: Wire) => void)[] = [];
    const working: Promise<void>[] = [];
    const start = ms();
    const one = async (index: number, due: number) => {
      const [request] = prepareMany(drive, standIn, index, 1);
      // In turn, so that none is idle for so long that the server closes it.
      const wire = free.shift() ?? (await new Promise<Wire>((resolve) => void waiting.push(resolve)));
      await ask(wire, drive, standIn, request!);
      latencies.push(ms() - due);
      const next = waiting.shift();
      if (next === undefined) free.push(wire);
      else next(wire);
    };
    for (let index = 0; !stopped(); index += 1) {
      const due = start + (index * 1000) / perSecond;
      const wait = due - ms();
      if (wait > 0) await new Promise((resolve) => void setTimeout(resolve, wait));
      working.push(one(index, due));
    }
    await Promise.all(working);
    return summary(latencies, ms() - start);
  });

const summary = (latencies: readonly number[], spentMs: number): Driven => ({
  count: latencies.length,
  perSecond: (latencies.length / spentMs) * 1000,
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
});
