import type { Severity } from '../src/domain/issue.ts';
import { type WouldAsk, loadWouldAsk } from '../src/queries/would-ask.ts';
import type { Asked } from './command.ts';

/** Drift opens severity 2 for what is red and 3 for the rest. */
const SEVERITIES: readonly Severity[] = [2, 3];

/** Who would be asked about a drift issue of this seat today, by severity. */
export async function asksOf(
  asked: Asked,
  seat: string | null,
  number: string | null,
): Promise<Map<Severity, WouldAsk>> {
  const asks = new Map<Severity, WouldAsk>();
  for (const severity of SEVERITIES)
    asks.set(severity, await loadWouldAsk(asked.store.read, asked.org, severity, { seat, number }));
  return asks;
}
