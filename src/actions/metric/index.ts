export { addMetric } from './add.ts';
export { editMetric } from './edit.ts';
export { missMetric } from './miss.ts';
export { noteReading } from './note.ts';
export { pauseMetric } from './pause.ts';
export { resumeMetric } from './resume.ts';
export { setTarget } from './target.ts';
