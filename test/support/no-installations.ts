import type { Installations } from '../../src/platforms/platform.ts';

const never = (): never => {
  throw new Error('nothing is installed by OAuth here');
};

/** For adapters whose tokens stand in the configuration. */
export const NO_INSTALLATIONS: Installations = {
  find: () => Promise.resolve(undefined),
  install: never,
  claim: never,
  release: never,
  renewed: never,
  sign: never,
  isSigned: never,
  spend: never,
};
