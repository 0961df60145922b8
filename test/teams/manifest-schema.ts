import { z } from 'zod';

/**
 * The fields of the Teams app manifest v1.30 that Coxswain uses, each with the limits of the published schema
 * (developer.microsoft.com/json-schemas/teams/v1.30). Strict, as that schema is: an unknown field is an error.
 */
const guid = z.string().regex(/^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/);
const httpUrl = z
  .string()
  .max(2048)
  .regex(/^https?:\/\//i);
const scope = z.enum(['team', 'personal', 'groupChat', 'copilot']);

const commandList = z.strictObject({
  scopes: z.array(scope).min(1).max(4),
  triggers: z.array(z.enum(['mention', 'slash'])).max(2),
  commands: z
    .array(z.strictObject({ title: z.string().min(1).max(128), description: z.string().max(4000) }))
    .max(12),
});

export const manifestSchema = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.30'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: guid,
  developer: z.strictObject({
    name: z.string().max(32),
    websiteUrl: httpUrl,
    privacyUrl: httpUrl,
    termsOfUseUrl: httpUrl,
  }),
  name: z.strictObject({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.strictObject({ short: z.string().max(80), full: z.string().max(4000) }),
  icons: z.strictObject({ color: z.string().max(2048), outline: z.string().max(2048) }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z
    .array(
      z.strictObject({
        botId: guid,
        scopes: z.array(scope).max(4),
        supportsTargetedMessages: z.boolean(),
        isNotificationOnly: z.boolean(),
        supportsCalling: z.boolean(),
        supportsVideo: z.boolean(),
        supportsFiles: z.boolean(),
        commandLists: z.array(commandList).max(3),
      }),
    )
    .length(1),
  composeExtensions: z
    .array(
      z.strictObject({
        botId: guid,
        commands: z
          .array(
            z.strictObject({
              id: z.string().max(64),
              type: z.enum(['query', 'action']),
              title: z.string().max(32),
              description: z.string().max(128),
              context: z
                .array(z.enum(['compose', 'commandBox', 'message']))
                .min(1)
                .max(3),
              triggers: z.tuple([z.literal('slash')]).optional(),
              fetchTask: z.boolean(),
            }),
          )
          .max(10),
      }),
    )
    .length(1),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])).max(2),
  webApplicationInfo: z.strictObject({ id: guid, resource: z.string().max(2048) }).optional(),
  authorization: z
    .strictObject({
      permissions: z.strictObject({
        resourceSpecific: z
          .array(
            z.strictObject({
              name: z.literal('OnlineMeeting.ReadBasic.Chat'),
              type: z.enum(['Application', 'Delegated']),
            }),
          )
          .max(16),
      }),
    })
    .optional(),
  validDomains: z.array(z.string().max(2048)).max(100),
});
