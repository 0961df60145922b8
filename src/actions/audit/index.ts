export { exportHead, exportNightly } from './export.ts';
