/** Who and where, the same on both ends of the wire. Nothing here leads anywhere. */
export const SIGNING_SECRET = 'a-signing-secret-of-the-benchmark';
export const SLACK_TEAM = 'T0BENCH';
export const SLACK_CHANNEL = 'C0CLAIMS';
export const DIGEST_CHANNEL = 'C0EVERYTHING';
export const TEAMS_TENANT = '00000000-0000-4000-8000-0000000000ff';
export const BOT_ID = '28:coxswain';
export const PEOPLE = [
  {
    slack: 'U0ANA',
    entra: '00000000-0000-4000-8000-000000000001',
    name: 'Ana Lindt',
    email: 'ana@example.com',
  },
  {
    slack: 'U0BO',
    entra: '00000000-0000-4000-8000-000000000002',
    name: 'Bo Okafor',
    email: 'bo@example.com',
  },
  {
    slack: 'U0CEM',
    entra: '00000000-0000-4000-8000-000000000003',
    name: 'Cem Aydin',
    email: 'cem@example.com',
  },
] as const;
