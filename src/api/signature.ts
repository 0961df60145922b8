import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { MINUTE, SECOND } from '../clock.ts';

/** A stamp older, or further ahead, is refused. */
const TOLERANCE = 5 * MINUTE;

/** What a sender claims: one or more signatures over these bytes, and when it signed, in seconds. */
export interface Claim {
  readonly signatures: readonly string[];
  /** What stands before the body in what was signed; with it the time, as it was sent. */
  readonly prefix: string;
  readonly seconds: string | undefined;
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/**
 * `X-Coxswain-Signature: t=1700000000,v1=<hex>` over `<t>.<body>`; more than one v1 while secrets are exchanged.
 * Undefined when the header is not there or has another form.
 */
export function ownClaim(headers: IncomingHttpHeaders): Claim | undefined {
  const given = one(headers['x-coxswain-signature']);
  if (given === undefined) return undefined;
  const parts = given.split(',').map((part) => part.trim().split('='));
  const seconds = parts.find(([name]) => name === 't')?.[1];
  const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []));
  return seconds === undefined || signatures.length === 0
    ? undefined
    : { signatures, seconds, prefix: `${seconds}.` };
}

/**
 * Grafana's `X-Grafana-Alerting-Signature`, hex, over the body, or over `<seconds>:<body>` where its timestamp header
 * is configured (as `X-Grafana-Alerting-Timestamp`).
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export function grafanaClaim(headers: IncomingHttpHeaders): Claim | undefined {
  const signature = one(headers['x-grafana-alerting-signature']);
  if (signature === undefined) return undefined;
  const seconds = one(headers['x-grafana-alerting-timestamp']);
  return { signatures: [signature.trim()], seconds, prefix: seconds === undefined ? '' : `${seconds}:` };
}

/** HMAC-SHA256 in hex, as senders make it. */
const sign = (secret: string, prefix: string, body: Buffer): string =>
  createHmac('sha256', secret).update(prefix).update(body).digest('hex');

/** Whether one of the signatures is right, and the stamp, if there is one, is of now (wall time). */
export function checkClaim(
  claim: Claim,
  secret: string,
  body: Buffer,
  now: number,
): 'right' | 'wrong' | 'late' {
  const expected = Buffer.from(sign(secret, claim.prefix, body));
  const right = claim.signatures.some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!right) return 'wrong';
  if (claim.seconds === undefined) return 'right';
  const away = Math.abs(now - Number(claim.seconds) * SECOND);
  return away <= TOLERANCE ? 'right' : 'late';
}
