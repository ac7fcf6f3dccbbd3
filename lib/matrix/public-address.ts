import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Where IPv6 addresses of the internet lie (RFC 4291 § 2.4). */
const global6 = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/**
 * Whether the address is one of the internet. Refused are private, loopback, link-local, unspecified, multicast, reserved and
 * documentation addresses, and every form of IPv6 that carries an IPv4 address (mapped, 6to4, Teredo, NAT64): what one of these
 * reaches is decided on the way.
 */
export function isPublic(address: string): boolean {
  // Stricter than the library, which takes 0x7f.1 for an address.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(global6);
}
