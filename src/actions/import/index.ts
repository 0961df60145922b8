export { type Checked, checkImport } from './check.ts';
export { importKey, keptImport } from './kept.ts';
export type { Planned } from './plan.ts';
