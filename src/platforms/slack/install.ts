import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@slack/bolt';
import type { Wall } from '../../clock.ts';
import { type Route, sendText } from '../../http/server.ts';
import type { Log } from '../../log.ts';
import type { InstallationDetails, Installations, NewInstallation, Tenant } from '../platform.ts';
import { clip } from '../../text.ts';
import { type Client, createClient } from './client.ts';
import {
  INSTALL_PATH,
  sendDenied,
  sendInstallPage,
  sendRefused,
  sendStateFault,
  sendWelcome,
} from './install-pages.ts';
import { browserOf, checkState, cookieFor, newBrowser, newState } from './install-state.ts';
import { codeOfSlack } from './refused.ts';
import { SCOPES } from './scopes.ts';
import { tokensOf } from './tokens.ts';

export const REDIRECT_PATH = '/slack/oauth_redirect';

export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people and Slack reach this process, without a slash at its end. */
  readonly publicUrl: () => string;
}

export interface InstallDeps {
  readonly oauth: OAuth;
  readonly installations: Installations;
  readonly wall: Pick<Wall, 'now'>;
  readonly log: Log;
  readonly logger: Logger;
  readonly anonymous: Client;
  readonly apiUrl: string | undefined;
}

const SLACK_API = 'https://slack.com/api/';

/**
 * Installing by OAuth (docs.slack.dev/authentication/installing-with-oauth): a page that says what is asked for, and
 * the address to which Slack sends who allowed it. Bolt's own InstallProvider renews tokens without a lease between
 * copies and answers faults with one page, so only the calls are Slack's library's.
 */
export function installRoutes(deps: InstallDeps): Route[] {
  const { oauth, installations, wall } = deps;
  const isSecure = () => oauth.publicUrl().startsWith('https:');

  function begin(req: IncomingMessage, res: ServerResponse): void {
    if (req.method !== 'GET' && req.method !== 'HEAD') return sendText(res, 405, 'This page is only read.\n');
    const browser = browserOf(req.headers.cookie, isSecure()) ?? newBrowser();
    const address = new URL('../oauth/v2/authorize', deps.apiUrl ?? SLACK_API);
    address.search = new URLSearchParams({
      client_id: oauth.clientId,
      scope: Object.keys(SCOPES).join(','),
      redirect_uri: `${oauth.publicUrl()}${REDIRECT_PATH}`,
      state: newState(installations, browser, wall.now()),
    }).toString();
    return sendInstallPage(res, address.href, cookieFor(browser, isSecure()));
  }

  async function finish(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method !== 'GET') return sendText(res, 405, 'Slack sends browsers here.\n');
    const { searchParams: given } = new URL(req.url ?? '/', 'http://coxswain');
    if (given.get('error') === 'access_denied') return sendDenied(res);
    const browser = browserOf(req.headers.cookie, isSecure());
    const checked = await checkState(installations, given.get('state'), browser, wall.now());
    if (checked !== 'good') return sendStateFault(res, checked);
    const code = given.get('code') ?? '';
    if (code === '') return sendRefused(res, wordOf(given.get('error') ?? 'no code'));
    return take(deps, code, res);
  }

  return [
    { path: INSTALL_PATH, handle: begin },
    { path: REDIRECT_PATH, handle: finish },
  ];
}

const wordOf = (code: string): string => code.replaceAll(/[^\w -]/g, '').slice(0, 60);

async function take(deps: InstallDeps, code: string, res: ServerResponse): Promise<void> {
  let given: NewInstallation;
  try {
    given = await exchange(deps, code);
  } catch (error) {
    const word = wordOf(codeOfSlack(error) ?? 'no answer');
    deps.log.warn({ reason: word }, 'an installation was not finished');
    return sendRefused(res, word);
  }
  const welcome = await deps.installations.install('slack', given);
  deps.log.info({ tenant: given.tenant.id, fresh: welcome.fresh }, 'installed in a Slack workspace');
  const open = new URL('https://slack.com/app_redirect');
  open.search = new URLSearchParams({ app: given.details.app, team: given.tenant.id }).toString();
  return sendWelcome(res, { workspace: given.tenant.name, open: open.href }, welcome);
}

/** The code for tokens, and what else is worth knowing of the workspace. */
async function exchange(deps: InstallDeps, code: string): Promise<NewInstallation> {
  const { oauth, anonymous, wall } = deps;
  const answer = await anonymous.oauth.v2.access({
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
    code,
    redirect_uri: `${oauth.publicUrl()}${REDIRECT_PATH}`,
  });
  const whole = answer.is_enterprise_install === true;
  const tenant = tenantOf(whole ? answer.enterprise : answer.team);
  const { tokens, expiresAt } = tokensOf(answer, wall.now());
  const client = createClient(tokens.access, deps.logger, deps.apiUrl);
  const by = answer.authed_user?.id ?? '';
  const [me, zone] = await Promise.all([client.auth.test(), zoneOf(client, by)]);
  const details: InstallationDetails = {
    app: answer.app_id ?? '',
    bot: answer.bot_user_id ?? me.user_id ?? '',
    scopes: (answer.scope ?? '').split(',').filter((scope) => scope !== ''),
    url: me.url ?? null,
    enterprise: answer.enterprise?.id ?? null,
    whole,
    by,
  };
  return { tenant, tokens, expiresAt, details, zone };
}

function tenantOf(named: { readonly id?: string; readonly name?: string } | undefined | null): Tenant {
  const { id, name } = named ?? {};
  if (id === undefined || id === '') throw new Error('Slack named no workspace');
  return { id, name: clip(name === undefined || name === '' ? id : name, 200) };
}

/** Where who installed lives: a guess for the organisation that an admin can change. */
async function zoneOf(client: Client, user: string): Promise<string | undefined> {
  if (user === '') return undefined;
  const found = await client.users.info({ user }).catch(() => undefined);
  return found?.user?.tz;
}
