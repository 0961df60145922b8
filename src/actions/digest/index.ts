export { postDigestNow } from './post-now.ts';
export { postDigest } from './post.ts';
export { scheduleDigest } from './schedule.ts';
