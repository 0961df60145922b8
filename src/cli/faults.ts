import { CoxswainError, codesOf, invalid, unavailable } from '../errors.ts';

type Token = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/** How Slack was called, where it was. */
export interface SlackCall {
  /** Another server than Slack’s own. */
  readonly elsewhere: boolean;
  /** Slack says that a token is wrong, but not which: finds it out. */
  readonly refusedToken: () => Promise<Token>;
}

const NO_ANSWER = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
];
const NOT_ALLOWED = [
  'EACCES',
  'EPERM',
  'EROFS',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
  'SQLITE_PERM',
];

/** Whether an error says that the tables are not there: the database is empty. */
export const isEmptyDatabase = (error: unknown): boolean => {
  for (let at = error; at instanceof Error; at = at.cause) {
    const [code] = codesOf(at);
    if (code === '42P01' || (code === 'SQLITE_ERROR' && at.message.startsWith('no such table'))) return true;
  }
  return false;
};

/** What is wrong with the database, at the variable that names it. PostgreSQL’s codes are in its appendix A. */
function databaseFault(error: unknown): CoxswainError | undefined {
  const codes = new Set(codesOf(error));
  const any = (those: readonly string[]) => those.some((code) => codes.has(code));
  const details = { cause: error };
  if (codes.has('28P01') || codes.has('28000')) {
    return invalid('PostgreSQL refuses the user or the password in DATABASE_URL. Check both.', details);
  }
  if (codes.has('3D000')) {
    return invalid(
      'The database that DATABASE_URL names does not exist on that server. Create it, or name another one.',
      details,
    );
  }
  if (codes.has('42501')) {
    return invalid(
      'The user in DATABASE_URL may not do this in the database. Give it the right to create tables there.',
      details,
    );
  }
  if (codes.has('57P03') || codes.has('53300')) {
    return unavailable(
      'The server in DATABASE_URL takes no connections at the moment: it is starting or full. Try again.',
      details,
    );
  }
  if (codes.has('SQLITE_NOTADB')) {
    return invalid(
      'The file that DATABASE_URL names is not a SQLite database. Name another file, or a new one.',
      details,
    );
  }
  if (codes.has('SQLITE_CORRUPT')) {
    return invalid(
      'The database file that DATABASE_URL names is damaged. Put a backup in its place.',
      details,
    );
  }
  if (codes.has('SQLITE_BUSY') || codes.has('SQLITE_LOCKED')) {
    return unavailable(
      'The database file that DATABASE_URL names is locked by another program. Stop that one first.',
      details,
    );
  }
  if (codes.has('SQLITE_CANTOPEN') || codes.has('ENOTDIR')) {
    return invalid(
      'The database file that DATABASE_URL names is not there, or cannot be opened. Check the path and its rights.',
      details,
    );
  }
  if (any(NOT_ALLOWED)) {
    return invalid(
      'Coxswain may not write to the file or folder that DATABASE_URL names. Give it the right to.',
      details,
    );
  }
  if (isEmptyDatabase(error))
    return invalid('The database in DATABASE_URL has no tables of Coxswain yet.', {
      ...details,
      hint: 'coxswain migrate',
    });
  // What the driver says when it gave up connecting has no code.
  const gaveUp =
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated/.test(
      `${error.message} ${String(error.cause)}`,
    );
  if (any(NO_ANSWER) || gaveUp) {
    return unavailable(
      'The database server in DATABASE_URL does not answer. Check its host and port, and that PostgreSQL runs there.',
      details,
    );
  }
  return undefined;
}

/** Slack’s own word for what is wrong: `invalid_auth`. */
function slackWord(error: unknown): string {
  const data: unknown = error instanceof Error && 'data' in error ? error.data : undefined;
  const word: unknown = typeof data === 'object' && data !== null && 'error' in data ? data.error : undefined;
  return typeof word === 'string' && /^[a-z_]{1,60}$/.test(word) ? word : 'unknown';
}

async function slackFault(error: unknown, slack: SlackCall): Promise<CoxswainError> {
  const details = { cause: error };
  if (codesOf(error)[0] === 'slack_webapi_platform_error') {
    const token = await slack.refusedToken();
    const where =
      token === 'SLACK_BOT_TOKEN'
        ? 'OAuth & Permissions'
        : 'Basic Information, App-Level Tokens (scope connections:write)';
    return invalid(
      `Slack refuses ${token} (${slackWord(error)}). Copy it again from your app’s page at api.slack.com/apps: ${where}.`,
      details,
    );
  }
  const where = slack.elsewhere
    ? 'Check that a server listens at SLACK_API_URL.'
    : 'Check the connection and the proxy of this machine, and status.slack.com.';
  return unavailable(`Slack does not answer. ${where}`, details);
}

function listenFault(error: unknown): CoxswainError | undefined {
  if (!(error instanceof Error && 'syscall' in error && ['listen', 'bind'].includes(String(error.syscall))))
    return undefined;
  const details = { cause: error };
  if (codesOf(error)[0] === 'EACCES')
    return invalid('Coxswain may not listen on PORT: those below 1024 are for the system.', {
      ...details,
      hint: 'PORT=3000',
    });
  return invalid(
    'Coxswain cannot listen at HOST and PORT. HOST has to be an address of this machine.',
    details,
  );
}

/** An error that ended the process, as a sentence that names the variable to mend, and never its value. */
export async function sentenceOf(error: unknown, slack: SlackCall | undefined): Promise<CoxswainError> {
  if (error instanceof CoxswainError) return error;
  if (slack !== undefined && codesOf(error).some((code) => code.startsWith('slack_')))
    return slackFault(error, slack);
  return (
    listenFault(error) ??
    databaseFault(error) ??
    new CoxswainError(
      'internal',
      'Something failed that Coxswain has no sentence for. LOG_LEVEL=debug shows where.',
      { cause: error },
    )
  );
}
