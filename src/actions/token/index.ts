export { createToken } from './create.ts';
export { revokeToken } from './revoke.ts';
export { secretOwner, signingSecretOf } from './secret.ts';
