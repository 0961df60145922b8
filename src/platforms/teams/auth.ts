import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { TokenSource } from './connector.ts';
import type { TeamsActivity } from './activity.ts';

/** The public cloud, as botframework-connector names it. Once one of these is set, all of them must be. */
const PUBLIC_CLOUD = {
  ValidateAuthority: true,
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://api.botframework.com',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  CallerId: 'urn:botframework:azure',
};

export interface Credentials {
  readonly appId?: string;
  readonly appPassword?: string;
  readonly tenantId?: string;
  readonly appType?: string;
}

export interface Cloud {
  /** OpenID metadata with the keys that requests are signed by; tests name a server of their own. */
  readonly openIdMetadataUrl?: string;
  /** Where a conversation is opened with somebody who never wrote to us. */
  readonly serviceUrl?: string;
  /** Where people open Teams in a browser; the sandbox names its own page. */
  readonly webUrl?: string;
  readonly token?: TokenSource;
}

/** `run` works inside a turn of the adapter; it exists only for a request that proved where it comes from. */
export type Admission =
  | { readonly ok: true; readonly run: (work: () => Promise<void>) => Promise<void> }
  | { readonly ok: false; readonly status: 401 | 503; readonly reason: string };

export interface Auth {
  readonly token: TokenSource;
  /** Issuer, audience, signature, times (5 min tolerance), and the serviceUrl claim against the activity's. */
  admit(activity: TeamsActivity, authorization: string): Promise<Admission>;
}

/** What was parsed has the fields that botbuilder reads; its own type names many more. */
const asBotbuilder = (activity: TeamsActivity): Activity => ({ ...activity }) as unknown as Activity;

/** The credentials that botbuilder makes can give their token, which their declared type does not say. */
const tokenOf = (credentials: unknown): Promise<string> =>
  (credentials as { getToken(): Promise<string> }).getToken();

function refusal(error: unknown): Admission {
  const reason = error instanceof Error ? error.message : 'not authorised';
  const unavailable =
    error instanceof Error &&
    (error.name === 'FetchError' || ('statusCode' in error && Number(error.statusCode) >= 500));
  return { ok: false, status: unavailable ? 503 : 401, reason };
}

const noToken: TokenSource = () => Promise.resolve(undefined);

export function createAuth(credentials: Credentials, cloud: Cloud): Auth {
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: credentials.appId ?? '',
    MicrosoftAppPassword: credentials.appPassword ?? '',
    MicrosoftAppTenantId: credentials.tenantId ?? '',
    MicrosoftAppType: credentials.appType ?? 'MultiTenant',
  });
  const settings = {
    ...PUBLIC_CLOUD,
    ...(cloud.openIdMetadataUrl === undefined
      ? {}
      : { ToBotFromChannelOpenIdMetadataUrl: cloud.openIdMetadataUrl }),
  };
  const authentication = new ConfigurationBotFrameworkAuthentication(settings, factory);
  const adapter = new CloudAdapter(authentication);

  const microsoftToken: TokenSource = async () =>
    tokenOf(
      await factory.createCredentials(
        credentials.appId ?? '',
        PUBLIC_CLOUD.ToChannelFromBotOAuthScope,
        PUBLIC_CLOUD.ToChannelFromBotLoginUrl,
        true,
      ),
    );

  return {
    token: cloud.token ?? (!credentials.appId ? noToken : microsoftToken),
    async admit(activity, authorization) {
      try {
        const seen = asBotbuilder(activity);
        const proof = await authentication.authenticateRequest(seen, authorization);
        return { ok: true, run: (work) => adapter.processActivityDirect(proof, seen, work) };
      } catch (error) {
        return refusal(error);
      }
    },
  };
}
