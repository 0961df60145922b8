import type { IncomingMessage } from 'node:http';

/** Whether a host without its port names this machine. IPv6 with or without brackets. */
export const isLoopbackName = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

const hostnameOf = (host: string | undefined): string => URL.parse(`http://${host ?? ''}`)?.hostname ?? '';

/**
 * Whether a request comes from this machine and is addressed to it. The address alone is not enough: a page
 * elsewhere that rebinds its DNS name to 127.0.0.1 makes the browser here ask, but under that name.
 */
export const isLoopbackRequest = (req: IncomingMessage): boolean =>
  isLoopbackName((req.socket.remoteAddress ?? '').replace(/^::ffff:/, '')) &&
  isLoopbackName(hostnameOf(req.headers.host));
