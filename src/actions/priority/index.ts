export { addPriority } from './add.ts';
export { endPriority } from './end.ts';
export { trackPriority } from './track.ts';
export { dropPrioritiesOf } from './drop-of-seat.ts';
