import type { Sealed } from '../../../db/sealed.ts';
import { secretOwner } from '../token/index.ts';

/** Whose tokens these are. Without the organisation: a tenant may move to another one, its tokens with it. */
export const credentialsOwner = (platform: string, tenant: string): string => `${platform}/${tenant}`;

/** Whose a sealed value is: it opens for nobody else. */
export function ownerOfSealed(org: string, value: Sealed): string {
  switch (value.kind) {
    case 'signing secret':
      return secretOwner(org, value.token);
    case 'platform token':
      return credentialsOwner(value.platform, value.tenant);
    default:
      return value satisfies never;
  }
}
