export { MOST_CHECKED, checkDrift } from './check.ts';
export { type NewBaseline, rebaseline } from './rebaseline.ts';
