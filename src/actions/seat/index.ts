export { acceptSeat } from './accept.ts';
export { addSeat } from './add.ts';
export { editSeat } from './edit.ts';
export { moveSeat } from './move.ts';
export { ownSeat } from './own.ts';
export { reportIn } from './report-in.ts';
export { type SeatDraft, type Writer, changeSeats, createSeats } from './write.ts';
export { recordInput } from './record-input.ts';
export { setSeatVisibility } from './set-visibility.ts';
