import type { FormSpec } from '../form.ts';
import { escalationEditForm } from './escalation-edit.ts';
import { escalationSnoozeForm } from './escalation-snooze.ts';
import {
  issueAssignForm,
  issueDropForm,
  issueMergeForm,
  issueReopenForm,
  issueSeverityForm,
} from './issue-change.ts';
import { backtestForm } from './backtest.ts';
import { issueNewForm } from './issue-new.ts';
import { issueNoteForm } from './issue-note.ts';
import { issueReportForm } from './issue-report.ts';
import { issueSolveForm } from './issue-solve.ts';
import { metricAddForm } from './metric-add.ts';
import { metricEditForm } from './metric-edit.ts';
import { metricPauseForm } from './metric-pause.ts';
import { metricTargetForm } from './metric-target.ts';
import { readingCsvForm } from './reading-csv.ts';
import { personAwayForm } from './person-away.ts';
import { personSettingsForm } from './person-settings.ts';
import { priorityAddForm } from './priority-add.ts';
import { readingLogForm } from './reading-log.ts';
import { rubricProposeForm } from './rubric-propose.ts';
import { scoreFullForm } from './score-full.ts';
import { ruleAddForm } from './rule-add.ts';
import { scoreGiveForm } from './score-give.ts';
import { scoreRequestForm } from './score-request.ts';
import { scoreStartForm } from './score-start.ts';
import { seatImportForm } from './seat-import.ts';
import { seatAddForm } from './seat-add.ts';
import { seatEditForm } from './seat-edit.ts';
import { seatRecordForm } from './seat-record.ts';
import { vendorAddForm, vendorEditForm } from './vendor-edit.ts';
import { seatMoveForm, seatRetireForm } from './seat-move.ts';
import { seatOwnForm } from './seat-own.ts';
import { seatVisibilityForm } from './seat-visibility.ts';
import { settingsEditForm, settingsKeptForm } from './org-settings.ts';
import { tokenNewForm } from './token-new.ts';

/** Every form there is. */
export const FORMS: readonly FormSpec[] = [
  escalationEditForm,
  escalationSnoozeForm,
  backtestForm,
  issueAssignForm,
  issueDropForm,
  issueMergeForm,
  issueNewForm,
  issueNoteForm,
  issueReopenForm,
  issueReportForm,
  issueSeverityForm,
  issueSolveForm,
  metricAddForm,
  metricEditForm,
  metricPauseForm,
  metricTargetForm,
  readingCsvForm,
  personAwayForm,
  personSettingsForm,
  priorityAddForm,
  readingLogForm,
  rubricProposeForm,
  scoreFullForm,
  ruleAddForm,
  scoreGiveForm,
  scoreRequestForm,
  scoreStartForm,
  seatAddForm,
  seatEditForm,
  seatImportForm,
  seatMoveForm,
  seatOwnForm,
  seatRecordForm,
  seatRetireForm,
  seatVisibilityForm,
  settingsEditForm,
  settingsKeptForm,
  tokenNewForm,
  vendorAddForm,
  vendorEditForm,
];

const byName = new Map(FORMS.map((form) => [form.name, form]));

export function formNamed(name: string): FormSpec {
  const form = byName.get(name);
  if (form === undefined) throw new Error(`no form is called ${name}`);
  return form;
}
