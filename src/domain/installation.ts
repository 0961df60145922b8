/** What a platform tells about an installation by OAuth, as far as it is used or worth knowing. */
export interface InstallationDetails {
  readonly app: string;
  /** Our own user there: whom mentions name. */
  readonly bot: string;
  readonly scopes: readonly string[];
  /** The workspace's address, with a slash at its end. */
  readonly url: string | null;
  /** The Grid that the workspace belongs to, or that was installed as a whole. */
  readonly enterprise: string | null;
  /** One installation for all workspaces of a Grid. */
  readonly whole: boolean;
  /** Who installed, as the platform names them. */
  readonly by: string;
}
