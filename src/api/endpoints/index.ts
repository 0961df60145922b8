import type { Endpoint } from '../endpoint.ts';
import { alertmanagerEndpoint } from './alertmanager.ts';
import { genericEndpoint } from './generic.ts';
import { issuesEndpoint } from './issues.ts';
import { readingsEndpoint } from './readings.ts';
import { numbersEndpoint, seatEndpoint } from './seats.ts';

/** Every operation of the API. */
export const ENDPOINTS: readonly Endpoint[] = [
  readingsEndpoint,
  seatEndpoint,
  numbersEndpoint,
  issuesEndpoint,
  alertmanagerEndpoint,
  genericEndpoint,
];
