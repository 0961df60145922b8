export { takeAlert } from './take.ts';
