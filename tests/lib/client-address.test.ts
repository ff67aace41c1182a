import { describe, expect, it } from "vitest";

import { clientAddress } from "@/lib/client-address";

const PEER = "203.0.113.9";
const headers = (forwarded?: string, more: Record<string, string> = {}) =>
  new Headers({
    "x-latchkey-peer": PEER,
    ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
    ...more,
  });

describe("clientAddress", () => {
  it.each([
    ["X-Forwarded-For", { "x-forwarded-for": "1.2.3.4" }],
    ["X-Real-IP", { "x-real-ip": "1.2.3.4" }],
    ["Forwarded", { forwarded: "for=1.2.3.4" }],
    ["CF-Connecting-IP", { "cf-connecting-ip": "1.2.3.4" }],
    ["True-Client-IP", { "true-client-ip": "1.2.3.4" }],
  ])("believes no %s where no proxy is trusted (A26)", (_name, spoofed) => {
    expect(clientAddress(headers(undefined, spoofed), 0)).toBe(PEER);
  });

  it.each([
    [1, "198.51.100.7", "198.51.100.7"],
    [1, "1.2.3.4, 198.51.100.7", "198.51.100.7"],
    [1, "1.2.3.4,5.6.7.8 ,  198.51.100.7 ", "198.51.100.7"],
    [2, "1.2.3.4, 198.51.100.7, 10.0.0.1", "198.51.100.7"],
    [2, "198.51.100.7, 10.0.0.1", "198.51.100.7"],
    [2, "198.51.100.7", "198.51.100.7"],
    [3, "1.2.3.4, 198.51.100.7, 10.0.0.2, 10.0.0.1", "198.51.100.7"],
  ])("counts from the right: %i proxies, %j (A26)", (proxies, forwarded, address) => {
    expect(clientAddress(headers(forwarded), proxies)).toBe(address);
  });

  it("takes the peer where the proxies sent no header", () => {
    expect(clientAddress(headers(), 1)).toBe(PEER);
  });

  it("takes the socket's address before the header", () => {
    expect(clientAddress(headers(), 0, "198.51.100.8")).toBe("198.51.100.8");
  });

  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:c000:0201", "192.0.2.1"],
    ["192.0.2.1:4711", "192.0.2.1"],
    ["2001:db8::1", "2001:db8::1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["::", "::"],
  ])("writes %s as %s, so that one client has one name (A26)", (spelling, address) => {
    expect(clientAddress(headers(spelling), 1)).toBe(address);
  });

  it.each([
    "",
    " ",
    "unknown",
    "_hidden",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "0x7f.0.0.1",
    "2130706433",
    "localhost",
    "evil.test",
    ":::1",
    "2001:db8::1::2",
    "[2001:db8::1",
    "12345::",
    "1.2.3.4, ",
    "<script>",
    "1.2.3.4'--",
    "9".repeat(50_000),
  ])("takes %j for no address (A26)", (garbage) => {
    expect(clientAddress(headers(garbage), 1)).toBeNull();
  });

  it("is null where nobody says: such requests count as one client, not as none", () => {
    expect(clientAddress(new Headers(), 0)).toBeNull();
    expect(clientAddress(new Headers({ "x-latchkey-peer": "" }), 0)).toBeNull();
  });
});
