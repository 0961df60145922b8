import { accountsJob } from './accounts.ts';
import { closeJob } from './close.ts';
import { digestJob } from './digest.ts';
import { escalateJob } from './escalate.ts';
import { executiveJob } from './executive.ts';
import { forgetJob } from './forget.ts';
import { headsJob } from './heads.ts';
import type { Job } from './job.ts';
import { missingJob } from './missing.ts';
import { nightlyJob } from './nightly.ts';
import { nudgeJob } from './nudge.ts';

/** Every recurring duty, in the order in which they run when several are due at the same instant. */
export const JOBS: readonly Job[] = [
  missingJob,
  nightlyJob,
  closeJob,
  escalateJob,
  nudgeJob,
  digestJob,
  executiveJob,
  forgetJob,
  headsJob,
  accountsJob,
];
