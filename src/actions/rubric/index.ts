export { approveRubric } from './approve.ts';
export { proposeRubric } from './propose.ts';
export { withdrawRubric } from './withdraw.ts';
