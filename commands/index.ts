import { adminCommand } from './admin.ts';
import { auditCommand } from './audit.ts';
import { awayCommand } from './away.ts';
import { backtestCommand } from './backtest.ts';
import { chartCommand } from './chart.ts';
import type { Command } from './command.ts';
import { digestCommand } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { escalationCommand } from './escalation.ts';
import { helpCommand } from './help.ts';
import { issueCommand } from './issue.ts';
import { logCommand } from './log.ts';
import { meCommand } from './me.ts';
import { metricCommand } from './metric.ts';
import { rubricCommand } from './rubric.ts';
import { nudgesCommand } from './nudges.ts';
import { priorityCommand } from './priority.ts';
import { rulesCommand } from './rules.ts';
import { scoreCommand } from './score.ts';
import { scorecardCommand } from './scorecard.ts';
import { seatCommand } from './seat.ts';
import { settingsCommand } from './settings.ts';
import { vendorCommand } from './vendor.ts';
import { tokenCommand } from './token.ts';

const commands: readonly Command[] = [
  meCommand,
  awayCommand,
  logCommand,
  scoreCommand,
  rubricCommand,
  seatCommand,
  chartCommand,
  vendorCommand,
  metricCommand,
  scorecardCommand,
  backtestCommand,
  digestCommand,
  nudgesCommand,
  priorityCommand,
  issueCommand,
  escalationCommand,
  rulesCommand,
  tokenCommand,
  auditCommand,
  adminCommand,
  settingsCommand,
  doctorCommand,
];

/** Every subcommand, in the order of `help`. */
export const COMMANDS: readonly Command[] = [...commands, helpCommand(commands)];
