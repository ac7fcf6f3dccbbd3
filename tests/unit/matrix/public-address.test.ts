import { expect, it } from "vitest";
import { isPublic } from "#lib/matrix/public-address.ts";

it.each([
  ["loopback", "127.0.0.1", "127.8.9.10", "::1"],
  ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"],
  ["carrier-grade NAT", "100.64.0.1", "100.127.255.255"],
  ["link-local, the clouds' metadata service too", "169.254.169.254", "169.254.0.1", "fe80::1"],
  ["unspecified", "0.0.0.0", "0.1.2.3", "::"],
  ["multicast and broadcast", "224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"],
  ["reserved and documentation", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "2001:db8::1", "100::1", "3fff::1"],
  ["mapped and compatible", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1", "::127.0.0.1", "::ffff:0:10.0.0.1"],
  ["6to4 and Teredo", "2002:7f00:1::", "2002:808:808::1", "2001:0:808:808::1", "192.88.99.1"],
  ["NAT64", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::7f00:1"],
  ["outside what is given out", "4000::1", "5f00::1", "::8.8.8.8"],
  ["no address at all", "", "localhost", "0x7f.1", "2130706433", "127.1", "[::1]", "fe80::1%lo"],
])("refuses what is %s", (_what, ...addresses) => {
  expect(addresses.filter(isPublic)).toEqual([]);
});

it("takes addresses of the internet", () => {
  const addresses = ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111", "2a01:4f8::1"];
  expect(addresses.filter(isPublic)).toEqual(addresses);
});
