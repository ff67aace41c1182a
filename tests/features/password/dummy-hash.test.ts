import { describe, expect, it } from "vitest";

import { dummyHash } from "@/features/password/dummy-hash";
import { parseStoredHash } from "@/features/password/stored-hash";

describe("dummyHash", () => {
  it.each(["bcrypt", "argon2id"] as const)(
    "asks for the work of a real %s hash, ready from the first use",
    (algorithm) => {
      const libraryHash = dummyHash(algorithm);
      expect(parseStoredHash(libraryHash)).toEqual({ algorithm, keyId: null, libraryHash, hasCurrentCost: true });
      expect(dummyHash(algorithm)).toBe(libraryHash);
    },
  );
});
