import { describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { SignUpSchema } from "@/features/sign-up/schema";
import { signUp } from "@/features/sign-up/sign-up";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

// At bcrypt's cost 12 a skipped hash would show as a tenfold difference, on a busy machine too.
process.env["PASSWORD_HASH"] = "bcrypt";
useDatabase();

const ROUNDS = 5;
const now = new Date("2026-01-01T12:00:00.000Z");

describe("signUp", () => {
  it("does the same costly work for a known and for a new address (A21)", async () => {
    await db().user.deleteMany();
    await db().user.create({ data: { email: EmailAddressSchema.parse("known@x.test"), emailVerified: now } });
    const time = async (email: string) => {
      const input = SignUpSchema.parse({ email, password: "correct horse battery" });
      const startedAt = performance.now();
      await signUp(input, now);
      return performance.now() - startedAt;
    };
    await time("warm-up@x.test");
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      known.push(await time("known@x.test"));
      unknown.push(await time(`new${round}@x.test`));
    }

    const ratio = Math.min(...known) / Math.min(...unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});
