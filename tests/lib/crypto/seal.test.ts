import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";

import { seal, unseal } from "@/lib/crypto/seal";

const OLD = "only-for-tests-old-5hUq0cVt2nXb8Lm4Rz7Y";
const NEW = "only-for-tests-new-9kDw3sPg6jTe1Ba8Mx4Z";
afterEach(() => vi.unstubAllEnvs());

/** `seal` and `unseal` as a process has them that was started with these secrets. */
async function withSecrets(secrets: string) {
  vi.stubEnv("AUTH_SECRET", secrets);
  vi.resetModules();
  const fresh = await import("@/lib/crypto/seal");
  // The configuration is read at the first use.
  fresh.seal("mail-content", "", "");
  return fresh;
}

describe("unseal", () => {
  it("opens what was sealed, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (content, context) => {
        expect(unseal("mail-content", seal("mail-content", content, context), context)).toBe(content);
      }),
    );
  });

  it("refuses any bit flipped, anywhere", () => {
    const sealed = seal("mail-content", "content", "row");
    const opened: number[] = [];
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        unseal("mail-content", altered, "row");
        opened.push(bit);
      } catch (error) {
        expect(error).toMatchObject({ code: "seal_broken" });
      }
    }

    expect(opened).toEqual([]);
  });

  it("refuses what is cut short, to nothing even", () => {
    const sealed = seal("mail-content", "content", "row");
    for (let length = 0; length < sealed.length; length++) {
      expect(() => unseal("mail-content", sealed.subarray(0, length), "row")).toThrow(/Sealed mail-content/);
    }
  });

  it("refuses what was sealed for another row or another purpose", () => {
    const sealed = seal("mail-content", "content", "row");

    expect(() => unseal("mail-content", sealed, "another row")).toThrow("does not authenticate");
    expect(() => unseal("provider-token", sealed, "row")).toThrow("does not authenticate");
  });

  it("says nothing of the content or the key when it refuses", () => {
    const sealed = seal("mail-content", "the content", "row");

    expect(() => unseal("mail-content", sealed, "elsewhere")).toThrow(/^Sealed mail-content does not authenticate\.$/);
  });

  it("opens under an older secret of the list, and not without it (S12)", async () => {
    const sealed = (await withSecrets(OLD)).seal("mail-content", "content", "row");
    const both = await withSecrets(`${NEW},${OLD}`);

    expect(both.unseal("mail-content", sealed, "row")).toBe("content");
    const resealed = both.seal("mail-content", "content", "row");
    expect((await withSecrets(NEW)).unseal("mail-content", resealed, "row")).toBe("content");
    const newer = await withSecrets(NEW);
    expect(() => newer.unseal("mail-content", sealed, "row")).toThrow("no known version or key");
  });
});

describe("seal", () => {
  it("never makes the same bytes twice, and shows nothing of the content", () => {
    const [first, second] = [seal("mail-content", "content", "row"), seal("mail-content", "content", "row")];

    expect(first).not.toEqual(second);
    expect(Buffer.from(first).includes("content")).toBe(false);
  });
});
