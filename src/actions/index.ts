import type { AnyAction } from './action.ts';
import { postDigest, postDigestNow, scheduleDigest } from './digest/index.ts';
import { checkDrift } from './drift/index.ts';
import { skipUnreachable, stepEscalation } from './escalation/index.ts';
import { acknowledgeIssue, newIssue, settleMissing, signalDrift, solveIssue } from './issue/index.ts';
import {
  addMetric,
  editMetric,
  missMetric,
  noteReading,
  pauseMetric,
  resumeMetric,
  setTarget,
} from './metric/index.ts';
import {
  appointAdmins,
  claimAdmin,
  connectTenant,
  grantRole,
  learnChannel,
  meetPerson,
  refreshPerson,
  setGovernanceChannel,
} from './org/index.ts';
import { logReadings } from './reading/index.ts';
import { giveScore } from './score/index.ts';
import { acceptSeat, addSeat, ownSeat, reportIn } from './seat/index.ts';

/** Every action there is. Follow-ups are stored by name and found here. */
export const ACTIONS: readonly AnyAction[] = [
  acceptSeat,
  acknowledgeIssue,
  addMetric,
  addSeat,
  appointAdmins,
  checkDrift,
  claimAdmin,
  connectTenant,
  editMetric,
  giveScore,
  grantRole,
  learnChannel,
  logReadings,
  meetPerson,
  missMetric,
  newIssue,
  noteReading,
  ownSeat,
  pauseMetric,
  postDigest,
  postDigestNow,
  reportIn,
  refreshPerson,
  resumeMetric,
  scheduleDigest,
  setGovernanceChannel,
  setTarget,
  settleMissing,
  signalDrift,
  skipUnreachable,
  solveIssue,
  stepEscalation,
];

const byName = new Map(ACTIONS.map((action) => [action.name, action]));

export function actionNamed(name: string): AnyAction {
  const action = byName.get(name);
  if (action === undefined) throw new Error(`no action is called ${name}`);
  return action;
}
