import type { Meter } from '@opentelemetry/api';

/** Figures that are read when somebody looks, by name: what each is, and its values by label. */
export interface Gauges {
  readonly described: Readonly<Record<string, string>>;
  read(): Promise<readonly Reading[]>;
}

export interface Reading {
  readonly name: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** One look at the database answers all of them. */
export function observe(meter: Meter, { described, read }: Gauges): void {
  const gauges = new Map(
    Object.entries(described).map(([name, description]) => [
      name,
      meter.createObservableGauge(name, { description }),
    ]),
  );
  meter.addBatchObservableCallback(
    async (result) => {
      for (const { name, value, labels } of await read()) result.observe(gauges.get(name)!, value, labels);
    },
    [...gauges.values()],
  );
}
