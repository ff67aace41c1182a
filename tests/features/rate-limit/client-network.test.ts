import { describe, expect, it } from "vitest";

import { clientNetwork } from "@/features/rate-limit/client-network";
import { clientAddress } from "@/lib/client-address";

const networkOf = (socketAddress: string) => clientNetwork(clientAddress(new Headers(), 0, socketAddress));

describe("A26: clientNetwork", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:201", "192.0.2.1"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:0000:0000:0000:0001%eth0", "2001:db8:1:2::/64"],
    ["2001:db8::1:2:3", "2001:db8:0:0::/64"],
    ["2001:db8::1:0:0:2:3", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["", "unknown"],
    ["not an address", "unknown"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
