import { webApi } from '@slack/bolt';
import { SECOND } from '../../clock.ts';
import { codesOf } from '../../errors.ts';
import { neverSent } from '../network.ts';
import { SendError, type SendFault } from '../platform.ts';

/** Whether doing it again could show something twice. Updates and look-ups may be repeated freely. */
export type Repeatable = 'once' | 'repeatable';

/** docs.slack.dev/reference/methods/chat.postMessage, errors. What is not listed is `refused`. */
const BY_CODE: Readonly<Record<string, SendFault>> = {
  channel_not_found: 'unreachable',
  is_archived: 'unreachable',
  is_inactive: 'unreachable',
  user_not_found: 'unreachable',
  users_not_found: 'unreachable',
  user_disabled: 'unreachable',
  not_in_channel: 'unreachable',
  cannot_dm_bot: 'unreachable',
  // The token: what it means for the installation is found out in access.ts.
  account_inactive: 'unreachable',
  invalid_auth: 'unreachable',
  token_revoked: 'unreachable',
  // Of a Grid's token: this workspace of the Grid was not given to it.
  team_access_not_granted: 'unreachable',
  // Renewed by then.
  token_expired: 'transient',
  // The workspace is moving into a Grid.
  org_login_required: 'transient',
  restricted_action: 'unreachable',
  messages_tab_disabled: 'unreachable',
  service_unavailable: 'transient',
  request_timeout: 'transient',
  team_added_to_org: 'transient',
  // Slack says of these two that some of the operation may have succeeded.
  internal_error: 'unknown',
  fatal_error: 'unknown',
  ratelimited: 'limited',
  rate_limited: 'limited',
};

/** Used where Slack answers 429 without saying for how long. */
const RETRY_AFTER_MS = 30 * SECOND;

/** What went wrong, and so what to do next. Only codes are kept of the cause: it may hold what people wrote. */
export function sendError(error: unknown, repeatable: Repeatable): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new SendError('limited', 'Slack asks to wait', { retryAfterMs: error.retryAfter * SECOND });
  }
  if (error instanceof webApi.WebAPIPlatformError) return ofCode(error.data.error, repeatable);
  if (error instanceof webApi.WebAPIHTTPError) return ofStatus(error.statusCode, repeatable);
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return new SendError('limited', 'Slack asks to wait', { retryAfterMs: RETRY_AFTER_MS });
  }
  // The system's own code is the innermost: fetch hides it two levels down.
  const code = codesOf(error).at(-1) ?? 'no answer';
  if (neverSent(error)) return new SendError('transient', `Slack cannot be reached (${code})`);
  return new SendError(ambiguous(repeatable), `The connection to Slack broke (${code})`);
}

const ambiguous = (repeatable: Repeatable): SendFault => (repeatable === 'once' ? 'unknown' : 'transient');

function ofCode(code: string, repeatable: Repeatable): SendError {
  // The library puts an answer that it cannot read where the code should be.
  if (!/^[a-z][a-z0-9_]*$/.test(code))
    return new SendError(ambiguous(repeatable), 'Slack gave no readable answer');
  const fault = BY_CODE[code] ?? 'refused';
  const message = `Slack answered ${code}`;
  if (fault === 'limited') return new SendError(fault, message, { retryAfterMs: RETRY_AFTER_MS });
  return new SendError(fault === 'unknown' ? ambiguous(repeatable) : fault, message);
}

function ofStatus(status: number, repeatable: Repeatable): SendError {
  const message = `Slack answered with status ${status}`;
  if (status === 503) return new SendError('transient', message);
  if (status >= 500) return new SendError(ambiguous(repeatable), message);
  return new SendError('refused', message);
}
