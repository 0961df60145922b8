export { setPolicy } from './set.ts';
