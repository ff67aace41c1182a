import { describe, expect, it } from "vitest";

import { isPublicAddress } from "@/lib/outgoing/public-address";

// A69, and IANA's registries of special-purpose addresses.
const REFUSED = [
  ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
  ...["169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1"],
  ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
  // Ways to write 127.0.0.1 that a system's resolver understands.
  ...["127.1", "0177.0.0.1", "0x7f000001", "2130706433"],
  ...[
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "::7f00:1",
  ],
  ...[
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "100::1",
    "fe80::1",
    "fe80::1%eth0",
  ],
  ...["fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "5f00::1", "4000::1", "::808:808"],
  ...["", "localhost", "example.com", "[::1]", "1.2.3.4.5", "127.0.0.1:80"],
];

describe("isPublicAddress", () => {
  it("refuses whatever isn't on the internet, however it is written (A69)", () => {
    expect(REFUSED.filter(isPublicAddress)).toEqual([]);
  });

  it("lets the internet through", () => {
    const addresses = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "169.253.1.1", "2606:4700::1111", "2a00:1450:4001::200e"];
    expect([...addresses, "::ffff:8.8.8.8"].filter((address) => !isPublicAddress(address))).toEqual([]);
  });
});
