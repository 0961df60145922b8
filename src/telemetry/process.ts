import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** The process itself, under the names that dashboards for Node already know. */
export function watchProcess(meter: Meter, version: string): { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const gauge = (name: string, description: string, read: () => number) =>
    meter.createObservableGauge(name, { description }).addCallback((result) => result.observe(read()));
  gauge('process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss());
  gauge('process_uptime_seconds', 'Since the process started', () => process.uptime());
  gauge(
    'nodejs_eventloop_lag_p99_seconds',
    'Delay of the event loop since the last look, 99th percentile',
    () => {
      const p99 = delay.count === 0 ? 0 : delay.percentile(99) / NANOSECONDS;
      delay.reset();
      return p99;
    },
  );
  meter
    .createObservableCounter('process_cpu_seconds', { description: 'Processor time, user and system' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe((user + system) / MICROSECONDS);
    });
  meter
    .createObservableGauge('coxswain_build_info', { description: 'The version that runs' })
    .addCallback((result) => result.observe(1, { version, node: process.versions.node }));
  return { stop: () => void delay.disable() };
}
