export { acceptSeat } from './accept.ts';
export { addSeat } from './add.ts';
export { moveSeat } from './move.ts';
export { ownSeat } from './own.ts';
export { reportIn } from './report-in.ts';
