/** The chat platforms on which a person can be. */
export const PLATFORMS = ['slack', 'teams'] as const;
export type PlatformKind = (typeof PLATFORMS)[number];

export const platformName = (platform: PlatformKind): string => (platform === 'slack' ? 'Slack' : 'Teams');

/** From least to most. A governor configures rubrics, gates and policies; an admin also grants roles. */
export const ROLES = ['member', 'reviewer', 'governor', 'admin'] as const;
export type RoleInCoxswain = (typeof ROLES)[number];

/** Whether `role` includes what `needed` may do. */
export const hasRole = (role: RoleInCoxswain, needed: RoleInCoxswain): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(needed);
