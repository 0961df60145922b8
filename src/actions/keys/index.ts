export { rotateKeys } from './rotate.ts';
export { credentialsOwner } from './owner.ts';
