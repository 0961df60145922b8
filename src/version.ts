import { createRequire } from 'node:module';

/** The version of this package, from sources and from what was compiled alike: a package may import itself. */
// Guarantee of the cast: it is our own package.json.
export const VERSION = (createRequire(import.meta.url)('coxswain/package.json') as { version: string })
  .version;
