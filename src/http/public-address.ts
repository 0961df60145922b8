import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** IPv6 that carries an IPv4 address inside; translators would lead it anywhere. */
const CARRIERS = new BlockList();
// `::a.b.c.d`, deprecated by RFC 4291, and the local translation prefix of RFC 8215.
CARRIERS.addSubnet('::', 96, 'ipv6');
CARRIERS.addSubnet('64:ff9b:1::', 48, 'ipv6');

/**
 * Whether an IP address is one of the public internet: not of this machine, a private, link-local or carrier network, a
 * multicast group, or an IPv6 form of one of those. What is no address is not public either.
 */
export function isPublicAddress(text: string): boolean {
  const address = text.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return false;
  if (version === 6 && CARRIERS.check(address, 'ipv6')) return false;
  // `process` makes ::ffff:127.0.0.1 the IPv4 address that it is.
  return ipaddr.process(address).range() === 'unicast';
}
