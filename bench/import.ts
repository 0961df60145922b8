import type { Measure } from './figures.ts';

const ROWS = 2000;

/**
 * Rows of an inventory a second, from the bytes of the file to the last commit: read, mapped, compared, stored, audited.
 * The limit puts the same rows into the same tables with better-sqlite3 alone, prepared, in transactions of the same
 * size and at the same durability.
 */
export const importRows: Measure = {
  name: 'import.rows',
  unit: '/s',
  aim: { ratio: 0.3 },
  async warmUp(stage) {
    const { child } = await stage.imports();
    await child.ask('import', { rows: ROWS });
    await child.ask('raw');
  },
  async pair(stage) {
    const { child } = await stage.imports();
    const value = (ROWS / (await child.ask<number>('import', { rows: ROWS }))) * 1000;
    const limit = (ROWS / (await child.ask<number>('raw'))) * 1000;
    return { value, limit };
  },
};
