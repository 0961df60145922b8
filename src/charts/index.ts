export { readinessAlt, scorecardAlt } from './alt.ts';
export { LARGEST_SIDE } from './frame.ts';
export type { CellStatus } from './palette.ts';
export type { ScorecardCell, ScorecardPicture, ScorecardRow } from './scorecard-data.ts';
export { renderPng } from './png.ts';
export { type ReadinessPicture, readinessSvg } from './readiness.ts';
export { scorecardSvg } from './scorecard.ts';
