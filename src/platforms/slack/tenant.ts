/** The parts of a request that say for which installation it is. Slack names them differently in each kind of request. */
export interface SlackTenant {
  readonly team: string | null | undefined;
  readonly enterprise: string | null | undefined;
  /** True, or in commands `'true'`: the app is installed for the whole Grid. */
  readonly whole: unknown;
}

/**
 * The tenant of a request: the Grid where the app is installed for all of it, so that people and channels are the same
 * in all its workspaces; otherwise the workspace.
 */
export const slackTenant = ({ team, enterprise, whole }: SlackTenant): string =>
  ((whole === true || whole === 'true') && enterprise ? enterprise : team) ?? '';

interface InteractionBody {
  readonly team?: { readonly id: string; readonly enterprise_id?: string } | null;
  readonly enterprise?: { readonly id: string } | null;
  readonly is_enterprise_install?: unknown;
  readonly user: { readonly team_id?: string };
  readonly view?: unknown;
}

/** In Slack Connect a modal may be opened in a workspace where the app is not installed. */
function installedTeam(view: unknown): string | undefined {
  const team: unknown =
    typeof view === 'object' && view !== null && 'app_installed_team_id' in view
      ? view.app_installed_team_id
      : undefined;
  return typeof team === 'string' && team !== '' ? team : undefined;
}

export const tenantOfInteraction = (body: InteractionBody): string =>
  slackTenant({
    team: installedTeam(body.view) ?? body.team?.id ?? body.user.team_id,
    enterprise: body.enterprise?.id ?? body.team?.enterprise_id,
    whole: body.is_enterprise_install,
  });

/** What every event comes in. */
export interface EventBody {
  readonly team_id: string;
  readonly enterprise_id?: string | null;
  readonly event_id: string;
  readonly is_enterprise_install?: boolean;
  /** For which installation it is: in channels that workspaces share, `team_id` may be somebody else's. */
  readonly authorizations?: readonly {
    readonly team_id?: string | null;
    readonly enterprise_id?: string | null;
    readonly is_enterprise_install?: boolean;
  }[];
}

export function tenantOfEvent(body: EventBody): string {
  const [of] = body.authorizations ?? [];
  return slackTenant({
    team: of?.team_id ?? body.team_id,
    enterprise: of === undefined ? body.enterprise_id : of.enterprise_id,
    whole: of?.is_enterprise_install ?? body.is_enterprise_install,
  });
}

/** What Slack says of somebody's home, in users.info and in user_change. */
interface Account {
  readonly team_id?: string | undefined;
  readonly enterprise_user?: { readonly enterprise_id?: string | undefined } | undefined;
}

/** Whether an account belongs to another company than the installation. */
export const isOfOthers = ({ team_id: team, enterprise_user: grid }: Account, tenant: string): boolean =>
  tenant.startsWith('E')
    ? grid?.enterprise_id !== tenant && team !== tenant
    : team !== undefined && team !== tenant;
