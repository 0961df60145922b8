/** What a machine may do with its token. */
export const TOKEN_SCOPES = ['readings:write', 'seats:read', 'issues:write', 'alerts:write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
