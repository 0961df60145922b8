import { sqliteKit } from './kit.sqlite.ts';
import { defineTables } from './tables.ts';

export const {
  orgs,
  people,
  identities,
  installations,
  channels,
  seats,
  owners,
  metrics,
  readings,
  scores,
  issues,
  signals,
  escalations,
  pings,
  messages,
  deliveries,
  digests,
  slots,
  followUps,
  results,
  auditHeads,
  auditEntries,
  auditTexts,
} = defineTables(sqliteKit);
