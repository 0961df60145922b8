/** How long PostgreSQL lets one connection go on, in milliseconds; 0 for no limit. */
export interface TimeLimits {
  /** One statement: a query that takes longer is a fault, and must not keep a connection of the pool. */
  readonly statement: number;
  /** Waiting for what another transaction holds. */
  readonly lock: number;
  /** Between the statements of a transaction: whoever holds locks and does nothing holds up everybody. */
  readonly idle: number;
}

/** Of a process that people wait for. */
export const SERVING: TimeLimits = { statement: 60_000, lock: 10_000, idle: 30_000 };

/** Of a command that somebody started and watches: a migration, a backup or a restore takes what it takes. */
export const PATIENT: TimeLimits = { statement: 0, lock: 0, idle: 0 };

/** As SQL that holds for a session. */
export const limitsSql = ({ statement, lock, idle }: TimeLimits): string =>
  `SET statement_timeout = ${statement}; SET lock_timeout = ${lock}; SET idle_in_transaction_session_timeout = ${idle}`;
