export { MOST_CHECKED, checkDrift } from './check.ts';
