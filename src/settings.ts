import type { z } from 'zod';
import { isLoopbackName } from './http/loopback.ts';
import { EXAMPLE_KEY, VARIABLES, VARIABLE_NAMES, type VariableName } from './variables.ts';

export type Settings = { [Name in VariableName]: z.output<(typeof VARIABLES)[Name]['schema']> };
type Given = Partial<Record<VariableName, string>>;
type Faults = Partial<Record<VariableName, string>>;

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly message: string; readonly faults: Record<string, string> };

/** An empty variable counts as one that is not set: that is how compose files and CI pass "nothing". */
function given(env: Readonly<Record<string, string | undefined>>): Given {
  const set: Given = {};
  for (const name of VARIABLE_NAMES) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') set[name] = value;
  }
  return set;
}

export function parseSettings(env: Readonly<Record<string, string | undefined>>): ParsedSettings {
  const set = given(env);
  const faults: Faults = together(set);
  const settings: Record<string, unknown> = {};
  for (const name of VARIABLE_NAMES) {
    const result = VARIABLES[name].schema.safeParse(set[name]);
    if (result.success) settings[name] = result.data;
    else faults[name] = VARIABLES[name].fault;
  }
  const found = VARIABLE_NAMES.filter((name) => faults[name] !== undefined);
  // Guarantee of the cast: without a fault every name was parsed by its own schema just above.
  if (found.length === 0) return { ok: true, settings: settings as Settings };
  const lines = found.map((name) => `  ${name} ${faults[name]}. Example: ${name}=${VARIABLES[name].example}`);
  const what = found.length === 1 ? 'One setting has' : `${found.length} settings have`;
  return {
    ok: false,
    message: `${what} to be mended before Coxswain can start:\n${lines.join('\n')}`,
    faults,
  };
}

/** What is wrong with the variables as a whole, told at the one that has to be set or changed. */
function together(set: Given): Faults {
  const faults: Faults = {};
  const oauth = set.SLACK_CLIENT_ID !== undefined;
  const slack = set.SLACK_BOT_TOKEN !== undefined || oauth;
  const teams = set.MICROSOFT_APP_ID !== undefined;
  if (slack && set.SLACK_SIGNING_SECRET === undefined && set.SLACK_APP_TOKEN === undefined) {
    const beside = set.SLACK_BOT_TOKEN === undefined ? 'SLACK_CLIENT_ID' : 'SLACK_BOT_TOKEN';
    faults.SLACK_SIGNING_SECRET = `is missing beside ${beside}: set it to take requests over HTTP, or SLACK_APP_TOKEN to use Socket Mode`;
  }
  const orphan = (['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const).find(
    (name) => set[name] !== undefined,
  );
  if (!slack && orphan !== undefined) {
    faults.SLACK_BOT_TOKEN = `is missing beside ${orphan}; for several workspaces set SLACK_CLIENT_ID instead`;
  }
  if (oauth && set.SLACK_CLIENT_SECRET === undefined)
    faults.SLACK_CLIENT_SECRET = 'is missing beside SLACK_CLIENT_ID';
  if (!oauth && set.SLACK_CLIENT_SECRET !== undefined)
    faults.SLACK_CLIENT_ID = 'is missing beside SLACK_CLIENT_SECRET';
  if (oauth && set.PUBLIC_URL === undefined) {
    faults.PUBLIC_URL =
      'is missing beside SLACK_CLIENT_ID: it is where the page for installing is, and where Slack sends people back to';
  }

  const managed = set.MICROSOFT_APP_TYPE === 'UserAssignedMSI';
  if (teams && !managed && set.MICROSOFT_APP_PASSWORD === undefined) {
    faults.MICROSOFT_APP_PASSWORD = 'is missing beside MICROSOFT_APP_ID';
  }
  if (!teams && set.MICROSOFT_APP_PASSWORD !== undefined) {
    faults.MICROSOFT_APP_ID = 'is missing beside MICROSOFT_APP_PASSWORD';
  }
  // Also for a MultiTenant app: without it no tenant would belong to the organisation, and nobody would be served.
  if (teams && set.MICROSOFT_APP_TENANT_ID === undefined) {
    faults.MICROSOFT_APP_TENANT_ID =
      'is missing beside MICROSOFT_APP_ID: only tenants that stand there are served, so set the id of yours';
  }

  if ((slack || teams) && set.COXSWAIN_ENCRYPTION_KEY === undefined) {
    const beside = !slack
      ? 'MICROSOFT_APP_ID'
      : set.SLACK_BOT_TOKEN === undefined
        ? 'SLACK_CLIENT_ID'
        : 'SLACK_BOT_TOKEN';
    faults.COXSWAIN_ENCRYPTION_KEY = `is missing beside ${beside}; \`openssl rand -base64 32\` makes one`;
  }
  if ((slack || teams) && set.COXSWAIN_ENCRYPTION_KEY === EXAMPLE_KEY) {
    faults.COXSWAIN_ENCRYPTION_KEY =
      'is the published example; `openssl rand -base64 32` makes one of your own';
  }
  if (set.COXSWAIN_ENCRYPTION_KEYS_OLD !== undefined && set.COXSWAIN_ENCRYPTION_KEY === undefined) {
    faults.COXSWAIN_ENCRYPTION_KEY =
      'is missing beside COXSWAIN_ENCRYPTION_KEYS_OLD: it is the key that takes the place of the old ones';
  }
  if (!slack && !teams && set.HOST !== undefined && !isLoopbackName(set.HOST)) {
    faults.HOST =
      'would show the sandbox to other machines, where anybody could act as anybody: without Slack or Teams ' +
      'credentials it has to be an address of this machine';
  }
  return faults;
}
