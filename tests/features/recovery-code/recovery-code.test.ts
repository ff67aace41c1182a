import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { hashRecoveryCode, newRecoveryCodes, parseRecoveryCode } from "@/features/recovery-code/recovery-code";

describe("newRecoveryCodes", () => {
  it("makes ten of 120 bits, that read back as they are shown", () => {
    const codes = newRecoveryCodes();

    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/);
      expect(parseRecoveryCode(code)).toBe(code.replaceAll("-", ""));
    }
  });

  it("uses all 32 characters", () => {
    const used = new Set(Array.from({ length: 20 }, newRecoveryCodes).flat().join("").replaceAll("-", ""));

    expect([...used].sort().join("")).toBe("0123456789abcdefghjkmnpqrstvwxyz");
  });
});

describe("parseRecoveryCode", () => {
  it("reads it however it is typed", () => {
    expect(parseRecoveryCode(" ABCD efgh-0O1I lL23 4567 89JK ")).toBe("abcdefgh00111123456789jk");
  });

  it.each(["", "123456", "abcd-efgh-0011-1123-4567-89j", "abcd-efgh-0011-1123-4567-89jkm", "ubcdefgh00111123456789jk"])(
    "takes %j for none",
    (typed) => {
      expect(parseRecoveryCode(typed)).toBeNull();
    },
  );
});

describe("hashRecoveryCode", () => {
  it("is bound to the owner", () => {
    const [ada, eve] = ["ada" as UserId, "eve" as UserId];

    expect(hashRecoveryCode(ada, "x")).toHaveLength(32);
    expect(hashRecoveryCode(ada, "x")).toEqual(hashRecoveryCode(ada, "x"));
    expect(hashRecoveryCode(ada, "x")).not.toEqual(hashRecoveryCode(eve, "x"));
  });
});
