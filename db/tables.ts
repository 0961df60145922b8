import { auditTables } from './tables/audit.ts';
import { importTables } from './tables/imports.ts';
import { inventoryTables } from './tables/inventory.ts';
import { issueTables } from './tables/issues.ts';
import { messageTables } from './tables/messages.ts';
import { orgTables } from './tables/org.ts';
import { scoreTables } from './tables/scores.ts';
import { seatTables } from './tables/seats.ts';
import { workTables } from './tables/work.ts';
import type { Kit } from './kit.pg.ts';

/**
 * The only schema. Called once per engine with that engine's kit; drizzle-kit generates the migrations of both
 * from it. Every table's key starts with `org`, and foreign keys include it: nothing crosses organisations. (Installations
 * that were only begun belong to none yet.)
 */
export function defineTables(kit: Kit) {
  const org = orgTables(kit);
  const seat = seatTables(kit, org);
  return {
    ...org,
    ...seat,
    ...inventoryTables(kit, { ...org, ...seat }),
    ...importTables(kit, org),
    ...issueTables(kit, { ...org, ...seat }),
    ...scoreTables(kit, { ...org, ...seat }),
    ...messageTables(kit, org),
    ...workTables(kit, org),
    ...auditTables(kit, org),
  };
}

export type Tables = ReturnType<typeof defineTables>;
