export { addRule } from './add.ts';
export { endRule } from './end.ts';
export { fitInput } from './fit-input.ts';
export { makeRule } from './make.ts';
