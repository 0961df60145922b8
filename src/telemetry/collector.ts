import type { Tracer } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type Resource, detectResources, envDetector } from '@opentelemetry/resources';
import { type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

interface Collector {
  readonly reader: MetricReader;
  readonly tracer: Tracer;
  stop(): Promise<void>;
}

/**
 * Sends to an OpenTelemetry collector over HTTP. Headers, timeouts and compression come from the standard variables
 * (`OTEL_EXPORTER_OTLP_HEADERS` …), which the exporters read themselves.
 */
export async function open(address: string, own: Resource): Promise<Collector> {
  const resource = own.merge(detectResources({ detectors: [envDetector] }));
  const base = address.replace(/\/+$/, '');
  const provider = new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(1) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }) }),
    ],
  });
  return {
    reader: new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
    }),
    tracer: provider.getTracer('coxswain'),
    stop: () => provider.shutdown(),
  };
}
