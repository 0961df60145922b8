import type { AnyAction } from './action.ts';
import { takeAlert } from './alert/index.ts';
import { exportHead } from './audit/index.ts';
import {
  nudgeForDigest,
  pauseDigest,
  postDigest,
  postDigestNow,
  postExecutive,
  scheduleDigest,
  scheduleExecutive,
  setNudges,
  stopExecutive,
} from './digest/index.ts';
import { checkDrift, setBaseline } from './drift/index.ts';
import {
  drillSeat,
  mendEscalation,
  skipUnreachable,
  snoozeIssue,
  stepEscalations,
  wakeIssue,
} from './escalation/index.ts';
import {
  acknowledgeIssue,
  assignIssue,
  changeSeverity,
  checkOverdue,
  closeIssue,
  closeQuietIssue,
  dropIssue,
  mergeIssue,
  newIssue,
  noteIssue,
  reopenIssue,
  settleMissing,
  signalDrift,
  solveIssue,
} from './issue/index.ts';
import { checkImport } from './import/index.ts';
import {
  beginImport,
  cancelImport,
  forgetImport,
  importSomeRows,
  receiveInventory,
  sketchInventory,
  startImport,
  workPart,
} from './inventory/index.ts';
import { rotateKeys } from './keys/index.ts';
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
  disconnectTenant,
  grantRole,
  installTenant,
  learnChannel,
  meetPerson,
  runNight,
  refreshPerson,
  renewTokens,
  setChannelVisibility,
  setGovernanceChannel,
} from './org/index.ts';
import { comeBack, goAway, setOwn } from './person/index.ts';
import { setPolicy } from './policy/index.ts';
import { addPriority, endPriority, trackPriority } from './priority/index.ts';
import { logReadings } from './reading/index.ts';
import { addRule, endRule } from './rule/index.ts';
import { approveRubric, proposeRubric, withdrawRubric } from './rubric/index.ts';
import {
  cancelRequest,
  dropScoreDraft,
  giveFullScore,
  giveScore,
  keepScoreDraft,
  overdueScore,
  requestScores,
  settleOverdueScore,
} from './score/index.ts';
import {
  acceptSeat,
  addSeat,
  editSeat,
  moveSeat,
  ownSeat,
  reportIn,
  setSeatVisibility,
} from './seat/index.ts';
import { createToken, revokeToken } from './token/index.ts';
import { addVendor, editVendor, endVendor, reviewVendor } from './vendor/index.ts';

/** Every action there is. Follow-ups are stored by name and found here. */
export const ACTIONS: readonly AnyAction[] = [
  acceptSeat,
  acknowledgeIssue,
  addMetric,
  addPriority,
  addRule,
  assignIssue,
  changeSeverity,
  checkOverdue,
  closeIssue,
  closeQuietIssue,
  dropIssue,
  endRule,
  exportHead,
  mergeIssue,
  noteIssue,
  reopenIssue,
  addSeat,
  addVendor,
  editVendor,
  endVendor,
  reviewVendor,
  editSeat,
  appointAdmins,
  checkDrift,
  checkImport,
  beginImport,
  importSomeRows,
  receiveInventory,
  sketchInventory,
  startImport,
  cancelImport,
  forgetImport,
  workPart,
  claimAdmin,
  connectTenant,
  disconnectTenant,
  installTenant,
  renewTokens,
  rotateKeys,
  createToken,
  editMetric,
  endPriority,
  giveScore,
  approveRubric,
  cancelRequest,
  dropScoreDraft,
  giveFullScore,
  keepScoreDraft,
  overdueScore,
  proposeRubric,
  requestScores,
  settleOverdueScore,
  withdrawRubric,
  grantRole,
  learnChannel,
  logReadings,
  meetPerson,
  runNight,
  missMetric,
  moveSeat,
  newIssue,
  noteReading,
  nudgeForDigest,
  ownSeat,
  pauseDigest,
  pauseMetric,
  postDigest,
  postDigestNow,
  postExecutive,
  reportIn,
  refreshPerson,
  resumeMetric,
  revokeToken,
  scheduleDigest,
  scheduleExecutive,
  setBaseline,

  comeBack,
  goAway,
  setOwn,
  setChannelVisibility,
  setGovernanceChannel,
  setNudges,
  setSeatVisibility,
  setTarget,
  settleMissing,
  signalDrift,
  skipUnreachable,
  solveIssue,
  stepEscalations,
  drillSeat,
  mendEscalation,
  setPolicy,
  snoozeIssue,
  wakeIssue,
  stopExecutive,
  takeAlert,
  trackPriority,
];

const byName = new Map(ACTIONS.map((action) => [action.name, action]));

export function actionNamed(name: string): AnyAction {
  const action = byName.get(name);
  if (action === undefined) throw new Error(`no action is called ${name}`);
  return action;
}
