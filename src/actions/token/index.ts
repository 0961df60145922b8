export { createToken } from './create.ts';
export { revokeToken } from './revoke.ts';
export { signingSecretOf } from './secret.ts';
