export { goAway } from './away.ts';
export { comeBack } from './back.ts';
export { setOwn } from './settings.ts';
