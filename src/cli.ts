import { allOrgs } from '../db/orgs.ts';
import { openStore } from '../db/open.ts';
import { wall } from './clock.ts';
import { type Config, loadConfig } from './config.ts';
import { sandboxKey } from './data-key.ts';
import { CoxswainError } from './errors.ts';
import { deriveKeys } from './keys.ts';
import { createLog } from './log.ts';
import { type Running, startConnected } from './main.ts';
import { verifyAudit } from './queries/audit.ts';

const HELP = `coxswain <command>

  start [--empty]   connect to Slack and Teams with the credentials in the environment or .env;
                    without any, open a chat workspace in the browser (--empty: without the example company)
  audit verify      check the audit log of every organisation; names the first entry that is wrong
  migrate           bring the database to this version's schema, and stop
  help              this text
`;

const print = (text: string) => process.stdout.write(`${text}\n`);

async function start(config: Config, flags: readonly string[]): Promise<void> {
  const log = createLog(config.logLevel);
  const running: Running =
    config.mode === 'connected'
      ? await startConnected(config, log, print)
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

async function verify(config: Config): Promise<number> {
  const store = await openStore(config.databaseUrl(), { wall, log: createLog('warn'), readOnly: true });
  const keys = deriveKeys(config.encryptionKey?.() ?? sandboxKey(config.dataFolder));
  let broken = 0;
  try {
    const orgs = await allOrgs(store.read);
    if (orgs.length === 0) print('There is no organisation in this database yet.');
    for (const org of orgs) {
      const verdict = await verifyAudit(store, keys, org.id);
      if (!verdict.ok) broken += 1;
      print(
        verdict.ok
          ? `${org.name}: whole, ${verdict.entries} entries, head ${verdict.head}`
          : `${org.name}: BROKEN at entry ${verdict.fault.seq}: ${verdict.fault.what}`,
      );
    }
  } finally {
    await store.close();
  }
  return broken === 0 ? 0 : 1;
}

async function main([command = 'help', ...rest]: readonly string[]): Promise<number | undefined> {
  switch (command) {
    case 'start':
      await start(loadConfig(), rest);
      return undefined;
    case 'audit':
      if (rest[0] !== 'verify')
        throw new CoxswainError('invalid', '“audit” needs a verb.', { hint: 'coxswain audit verify' });
      return verify(loadConfig());
    case 'migrate': {
      const store = await openStore(loadConfig().databaseUrl(), { wall, log: createLog('info') });
      await store.close();
      print('The database has this version’s schema.');
      return 0;
    }
    case 'help':
    case '--help':
    case '-h':
      print(HELP);
      return 0;
    default:
      throw new CoxswainError('invalid', `There is no command “${command}”.`, { hint: 'coxswain help' });
  }
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  if (!(error instanceof CoxswainError)) throw error;
  process.stderr.write(`${error.message}\n${error.hint === undefined ? '' : `For example: ${error.hint}\n`}`);
  process.exitCode = 1;
}
