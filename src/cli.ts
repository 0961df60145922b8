import { auditVerify } from './cli/audit.ts';
import { withStore } from './cli/offline.ts';
import { keysRotate, keysStatus } from './cli/keys.ts';
import { type SlackCall, sentenceOf } from './cli/faults.ts';
import { type Config, type SlackConfig, loadConfig } from './config.ts';
import { type CoxswainError, invalid } from './errors.ts';
import { nearest } from './grammar/nearest.ts';
import { createLog, silentLog } from './log.ts';
import type { Running } from './main.ts';

const HELP = `coxswain <command>

  start [--empty]   connect to Slack and Teams with the credentials in the environment or .env;
                    without any, open a chat workspace in the browser (--empty: without the example company)
  audit verify [--heads <file>]
                    check the audit log of every organisation; names the first entry that is wrong. Exported heads
                    show also that an older state was put back (default: COXSWAIN_HEADS_FILE, where it is there)
  backup <file>     copy the database while Coxswain runs, and verify the copy; a name that ends in .ndjson.gz gives one
                    that SQLite and PostgreSQL both can read
  restore <file> [--replace]
                    verify a backup, and put it where DATABASE_URL says; --replace puts what is there aside
  doctor            check the database, its audit logs, Slack's and Teams' tokens and what waits; each with what to do. Exits with 1 when
                    something is broken
  keys rotate       seal everything with COXSWAIN_ENCRYPTION_KEY that one of COXSWAIN_ENCRYPTION_KEYS_OLD sealed, while
                    Coxswain runs
  keys status       how much is sealed with which key
  mcp               tools for an AI agent on standard input and output; they talk to a running Coxswain at
                    COXSWAIN_URL with the token COXSWAIN_TOKEN
  import <file.csv> --map <mapping.yml> [--dry-run] [--report <file.csv>] [--overwrite] [--org <name>] [--as <email>]
                    bring an inventory in as seats, beside a running Coxswain; --dry-run only says what would happen
  import <file.csv> --sketch
                    print a mapping guessed from the titles of the file
  migrate           bring the database to this version's schema, and stop
  help              this text
`;

const print = (text: string) => process.stdout.write(`${text}\n`);

// Whoever reads only the beginning (`coxswain doctor | head`) closes the pipe: what was begun is finished all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** On a terminal only: in a file it would be a heap of lines. */
const progress = (text: string) => {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${text}`);
};

async function start(config: Config, flags: readonly string[]): Promise<void> {
  const log = createLog(config.logLevel);
  const running: Running =
    config.mode === 'connected'
      ? // The other commands are quicker without all of the server.
        await (await import('./main.ts')).startConnected(config, log, print)
      : await startSandbox(config, flags);
  for (const line of running.greeting) print(line);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function startSandbox(config: Config, flags: readonly string[]): Promise<Running> {
  const empty = flags.includes('--empty');
  print(empty ? 'Starting an empty workspace …' : 'Making the example company …');
  const sandbox = await import('../sandbox/start.ts');
  return sandbox.startSandbox(config, createLog(config.logLevel), { empty });
}

/** Refuses words that a command does not know: a misspelt flag must not be passed over in silence. */
function knowOnly(command: string, words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw invalid(
    `“coxswain ${command}” does not know “${unknown.slice(0, 40)}”.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
    {
      hint: `coxswain ${[command, near ?? known[0] ?? ''].join(' ').trim()}`,
    },
  );
}

/** An option with a value, and the words without both. */
function takeOption(
  command: string,
  words: readonly string[],
  name: string,
  example: string,
): { value: string | undefined; words: readonly string[] } {
  const at = words.indexOf(name);
  if (at === -1) return { value: undefined, words };
  const value = words[at + 1];
  if (value === undefined || value.startsWith('--'))
    throw invalid(`${name} needs a file.`, { hint: `coxswain ${command} ${name} ${example}` });
  return { value, words: words.toSpliced(at, 2) };
}

/** The one file that a command takes. */
function oneFile(command: string, words: readonly string[]): string {
  const [path, ...more] = words;
  const hint = `coxswain ${command} coxswain-backup.db`;
  if (path === undefined) throw invalid(`“${command}” needs the name of a file.`, { hint });
  if (path.startsWith('--') || more.length > 0)
    throw invalid(
      `“coxswain ${command}” does not know “${(path.startsWith('--') ? path : more[0]!).slice(0, 40)}”.`,
      { hint },
    );
  return path;
}

/** Standard output belongs to the protocol: nothing else may be printed there. */
async function serveMcp({ mcp }: Config): Promise<void> {
  if (mcp.token === undefined) {
    throw invalid('Set COXSWAIN_TOKEN to a token: in the chat, “/pilot token new” makes one.', {
      hint: 'COXSWAIN_TOKEN=cxs_… COXSWAIN_URL=https://coxswain.example.com coxswain mcp',
    });
  }
  const [{ serveStdio }, { VERSION }] = await Promise.all([import('./mcp/stdio.ts'), import('./version.ts')]);
  await serveStdio({ url: mcp.url, token: mcp.token(), version: VERSION });
}

const COMMANDS = [
  'start',
  'audit',
  'backup',
  'restore',
  'doctor',
  'import',
  'keys',
  'mcp',
  'migrate',
  'help',
];

let config: Config | undefined;
const configured = (): Config => (config = loadConfig());

async function main([command = 'help', ...rest]: readonly string[]): Promise<number | undefined> {
  switch (command) {
    case 'start':
      knowOnly('start', rest, ['--empty']);
      await start(configured(), rest);
      return undefined;
    case 'audit':
      if (rest.length === 0) throw invalid('“audit” needs a verb.', { hint: 'coxswain audit verify' });
      {
        const { value, words } = takeOption('audit verify', rest, '--heads', 'audit-heads.ndjson');
        knowOnly('audit', words, ['verify']);
        return auditVerify(configured(), value, print);
      }
    case 'import': {
      const { importCommand } = await import('./cli/import.ts');
      return importCommand(rest, configured, { print, progress });
    }
    case 'backup': {
      const { backup } = await import('./cli/backup.ts');
      await backup(configured(), oneFile('backup', rest), print);
      return 0;
    }
    case 'restore': {
      const { restore } = await import('./cli/restore.ts');
      const words = rest.filter((word) => word !== '--replace');
      const path = oneFile('restore', words);
      await restore(configured(), { path, replace: words.length < rest.length }, print);
      return 0;
    }
    case 'doctor': {
      knowOnly('doctor', rest, []);
      const { doctor } = await import('./cli/doctor.ts');
      return doctor(configured(), print);
    }
    case 'keys': {
      const [verb] = rest;
      if (verb === undefined) throw invalid('“keys” needs a verb.', { hint: 'coxswain keys rotate' });
      knowOnly('keys', [verb], ['rotate', 'status']);
      knowOnly(`keys ${verb}`, rest.slice(1), []);
      return verb === 'rotate' ? keysRotate(configured(), print) : keysStatus(configured(), print);
    }
    case 'mcp':
      knowOnly('mcp', rest, []);
      await serveMcp(configured());
      return undefined;
    case 'migrate': {
      knowOnly('migrate', rest, []);
      await withStore(configured().databaseUrl(), 'migrate', async () => undefined, {
        log: createLog('info'),
      });
      print('The database has this version’s schema.');
      return 0;
    }
    case 'help':
    case '--help':
    case '-h':
      print(HELP);
      return 0;
    default: {
      const near = nearest(command, COMMANDS);
      throw invalid(
        `There is no command “${command.slice(0, 40)}”.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
        { hint: `coxswain ${near ?? 'help'}` },
      );
    }
  }
}

/** Slack says that a token is wrong, but not which: the bot token is tried alone. */
const callOf = (slack: SlackConfig): SlackCall => ({
  elsewhere: slack.apiUrl !== undefined,
  async refusedToken() {
    if (slack.botToken === undefined) return 'SLACK_APP_TOKEN';
    if (slack.appToken === undefined) return 'SLACK_BOT_TOKEN';
    const [{ createClient }, { slackLogger }] = await Promise.all([
      import('./platforms/slack/client.ts'),
      import('./platforms/slack/logger.ts'),
    ]);
    const bot = createClient(slack.botToken(), slackLogger(silentLog), slack.apiUrl).auth.test();
    return bot.then(
      () => 'SLACK_APP_TOKEN',
      () => 'SLACK_BOT_TOKEN',
    );
  },
});

function tell(said: CoxswainError): void {
  process.stderr.write(`${said.message}\n${said.hint === undefined ? '' : `For example: ${said.hint}\n`}`);
  if (config !== undefined && said.cause !== undefined)
    createLog(config.logLevel).debug({ err: said.cause }, 'what was behind it');
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  tell(await sentenceOf(error, config?.slack && callOf(config.slack)));
  // Parts that were started already would keep the process alive.
  process.exit(1);
}
