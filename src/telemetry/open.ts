import { ROOT_CONTEXT, SpanKind, SpanStatusCode, type Context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { Tracer } from '@opentelemetry/api';
import { stopwatch } from '../clock.ts';
import { CoxswainError } from '../errors.ts';
import { quietReason } from '../log.ts';
import { type Gauges, observe } from './gauges.ts';
import { watchProcess } from './process.ts';
import type { Measured, Outcome, Telemetry } from './telemetry.ts';

export interface TelemetryOptions {
  readonly version: string;
  /** What is counted anew whenever somebody looks: queues, issues, the schedule. */
  readonly gauges: Gauges;
  /** An OpenTelemetry collector over HTTP, `http://127.0.0.1:4318`; without one nothing leaves the process. */
  readonly collector?: string;
}

/** Upper ends in seconds: from a prepared query to the ten seconds after which a platform gives up. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const HELP: Readonly<Record<Measured['kind'], string>> = {
  action: 'Changes of state, by action and how they ended',
  inbound: 'What people did on a platform, until the answer was there',
  delivery: 'Attempts to post or update a message, by platform and how they ended',
  duty: 'Recurring duties and follow-ups',
  request: 'Requests over HTTP, by the route that answered',
};

/** Collects when it is asked, and never by itself. */
class OnDemandReader extends MetricReader {
  protected onForceFlush = () => Promise.resolve();
  protected onShutdown = () => Promise.resolve();
}

/** Counts and times what the process does; to a collector it also sends traces. */
export async function openTelemetry({ version, gauges, collector }: TelemetryOptions): Promise<Telemetry> {
  const resource = resourceFromAttributes({ 'service.name': 'coxswain', 'service.version': version });
  const reader = new OnDemandReader();
  const far =
    collector === undefined ? undefined : await (await import('./collector.ts')).open(collector, resource);
  const provider = new MeterProvider({
    resource,
    readers: [reader, ...(far === undefined ? [] : [far.reader])],
  });
  const meter = provider.getMeter('coxswain', version);
  const timers = Object.fromEntries(
    Object.entries(HELP).map(([kind, description]) => [
      kind,
      meter.createHistogram(`coxswain_${kind}_seconds`, {
        description,
        unit: 's',
        advice: { explicitBucketBoundaries: BUCKETS },
      }),
    ]),
  );
  observe(meter, gauges);
  const watched = watchProcess(meter, version);
  const spans = far === undefined ? undefined : createSpans(far.tracer);

  return {
    async measure(what, work, outcomeOf) {
      const { kind, ...labels } = what;
      const seconds = stopwatch();
      const end = (outcome: Outcome) => timers[kind]?.record(seconds(), { ...labels, outcome });
      const run = async () => {
        try {
          const result = await work();
          end(outcomeOf?.(result) ?? 'ok');
          return result;
        } catch (error) {
          end(outcomeOfError(error));
          throw error;
        }
      };
      return spans === undefined ? run() : spans(what, run);
    },
    async exposition() {
      const { resourceMetrics } = await reader.collect();
      return new PrometheusSerializer(undefined, false, undefined, true, true).serialize(resourceMetrics);
    },
    async stop() {
      watched.stop();
      await Promise.allSettled([provider.shutdown(), far?.stop()]);
    },
  };
}

/** A sentence for who asked is no failure; what nobody expected is. */
const outcomeOfError = (error: unknown): Outcome =>
  error instanceof CoxswainError && error.code !== 'internal' && error.code !== 'unavailable'
    ? 'refused'
    : 'failed';

/** Each piece of work is a span inside of the one that asked for it. Spans hold labels, never what people wrote. */
function createSpans(tracer: Tracer) {
  const contexts = new AsyncLocalStorageContextManager().enable();
  return <T>({ kind, ...labels }: Measured, work: () => Promise<T>): Promise<T> => {
    const parent = contexts.active();
    const name = [kind, ...Object.values(labels)].join(' ');
    const span = tracer.startSpan(name, { kind: spanKind(kind), attributes: labels }, parent ?? ROOT_CONTEXT);
    const inside: Context = trace.setSpan(parent ?? ROOT_CONTEXT, span);
    return contexts.with(inside, async () => {
      try {
        return await work();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: quietReason(error) });
        throw error;
      } finally {
        span.end();
      }
    });
  };
}

const spanKind = (kind: Measured['kind']): SpanKind => {
  switch (kind) {
    case 'request':
    case 'inbound':
      return SpanKind.SERVER;
    case 'delivery':
      return SpanKind.CLIENT;
    case 'action':
    case 'duty':
      return SpanKind.INTERNAL;
    default:
      return kind satisfies never;
  }
};
