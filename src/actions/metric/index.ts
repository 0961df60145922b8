export { addMetric } from './add.ts';
export { missMetric } from './miss.ts';
