import { z } from 'zod';
import {
  type Import,
  forgetRows,
  importById,
  importOutcomes,
  importPart,
  keepOutcomes,
  moveImport,
} from '../../../db/imports.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Db } from '../../../db/store.ts';
import type { MappedRow, SkippedRow } from '../../domain/import/mapping.ts';
import { NO_COUNTS, type Outcome, counted } from '../../domain/import/plan.ts';
import { sha256 } from '../../ids.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { lookAtRows } from './look.ts';
import { parentsOf } from './parents.ts';
import { finderOf } from './people.ts';
import { importRows } from './rows.ts';

const input = z.object({
  import: z.string(),
  /** Number of the part's first row. */
  at: z.number().int().min(0),
  byKey: z.boolean(),
  /** The second look at rows with a seat above them, when all seats are there. */
  again: z.boolean(),
  /** A row before had one. */
  parents: z.boolean(),
});
type Input = z.output<typeof input>;

type Working = 'checking' | 'running';

/** The next part of an import that is looked at or imported, once. */
export const nextPart = (state: Working, part: Input): FollowUp => ({
  action: 'inventory.part',
  input: part,
  key: `import:${part.import}:${state}:${part.again ? 'again:' : ''}${part.at}`,
});

const isWorking = (state: Import['state']): state is Working => state === 'checking' || state === 'running';

/** Looks at one part of a file that was given in chat, or imports it; the next part follows. */
export const workPart = defineAction({
  name: 'inventory.part',
  input,
  allow: onlyCoxswain,
  async idle({ tx, org, input: asked }) {
    const found = await importById(tx, org, asked.import);
    return found === undefined || !isWorking(found.state);
  },
  async run({ tx, org, now, input: asked }) {
    const found = await importById(tx, org, asked.import);
    // Cancelled, or forgotten, since this was asked for.
    if (found === undefined || !isWorking(found.state))
      return {
        result: { at: asked.at },
        audit: { subject: `import:${asked.import}`, facts: { over: true } },
      };
    const part = (await importPart(tx, org, found.id, asked.at)) ?? { rows: [], size: 0, outcomes: null };
    // Guarantee of the casts: parts hold what `inventory.receive` and this action put there.
    const all = part.rows as unknown as readonly (MappedRow | SkippedRow)[];
    const rows = asked.again ? all.filter(hasParent) : all;
    const working: Working = found.state === 'checking' ? 'checking' : 'running';
    const done =
      working === 'checking'
        ? { outcomes: await lookAt(tx, found, asked, rows) }
        : await importRows(
            tx,
            { org, now, by: found.by },
            { import: found.id, source: found.source, overwrite: found.overwrite, byKey: asked.byKey },
            rows,
          );
    const { outcomes, ...written } = done;
    if (!asked.again) await keepOutcomes(tx, org, found.id, asked.at, outcomes);
    const at = asked.at + part.size;
    const parents = asked.parents || rows.some(hasParent);
    const ended = at >= found.rows;
    const second = ended && working === 'running' && parents && !asked.again;
    const over = ended && !second;
    await moveImport(tx, org, found.id, found, {
      position: asked.again ? found.position : at,
      counts: asked.again ? found.counts : counted(found.counts, outcomes),
      ...(over ? { state: working === 'checking' ? 'checked' : 'done' } : {}),
      ...(over && working === 'running' ? { endedAt: now } : {}),
    });
    if (over && working === 'running') await forgetRows(tx, org, found.id);
    const next = { ...asked, parents, at: second ? 0 : at, again: asked.again || second };
    return {
      result: { at },
      audit: {
        subject: `import:${found.id}`,
        facts: {
          state: working,
          from: asked.at,
          rows: rows.length,
          again: asked.again,
          ...counted(NO_COUNTS, outcomes),
          hash: sha256(JSON.stringify(rows)),
        },
      },
      ...written,
      shows: [
        ...(('shows' in written && written.shows) || []),
        ...(working === 'checking' && asked.at === 0 ? messageOf(found, asked) : []),
      ],
      changed: [...(('changed' in written && written.changed) || []), `import:${found.id}`],
      followUps: over ? [] : [nextPart(working, next)],
    };
  },
});

/** Nobody gets a message about what they do themselves, so it is wanted here and not when the file is given. */
const messageOf = ({ id, by }: Import, { byKey }: Input): Wanted[] =>
  by === null
    ? []
    : [
        {
          key: `import:${id}`,
          to: { kind: 'person', id: by },
          view: 'import',
          args: { import: id, byKey },
          subject: `import:${id}`,
        },
      ];

const hasParent = (row: MappedRow | SkippedRow): boolean =>
  'values' in row && row.values.parent !== undefined;

/** What would become of rows; keys that earlier parts would get are taken. */
async function lookAt(
  tx: Db,
  found: Import,
  { byKey, at }: Input,
  rows: readonly (MappedRow | SkippedRow)[],
): Promise<readonly Outcome[]> {
  const earlier = (await importOutcomes(tx, found.org, found.id)).filter((part) => part.at < at);
  const planned = new Set(
    earlier.flatMap((part) => part.outcomes.flatMap((one) => (one.outcome === 'create' ? one.key : []))),
  );
  const looking = {
    source: found.source,
    byKey,
    overwrite: found.overwrite,
    finder: finderOf(tx, found.org, found.by ?? undefined),
    parents: parentsOf(tx, found.org, found.source),
    planned,
  };
  return (await lookAtRows(tx, found.org, looking, rows)).map((step) => step.outcome);
}
