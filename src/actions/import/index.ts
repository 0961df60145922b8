export { checkImport } from './check.ts';
export { importKey, keptImport } from './kept.ts';
