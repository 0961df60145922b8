export { beginImport } from './begin.ts';
export { type Progress, importFile, lookAtFile } from './file.ts';
export { importSomeRows } from './rows.ts';
