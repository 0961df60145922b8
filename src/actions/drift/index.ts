export { setBaseline } from './baseline.ts';
export { MOST_CHECKED, checkDrift } from './check.ts';
export { newNormalFrom } from './new-normal.ts';
export { rebaseline } from './rebaseline.ts';
export { sweepDrift } from './sweep.ts';
