import type { UserId } from "@/features/account/user-id";
import { countCodesLeft } from "@/features/recovery-code/data";
import { findFactor } from "@/features/totp/data";
import { findTrustedDevices, type TrustedDevice } from "@/features/trusted-device/data";

/** A person's second factor, as its owner sees it. */
export interface DescribedFactor {
  readonly since: Date;
  readonly codesLeft: number;
  readonly devices: readonly TrustedDevice[];
}

/** The second factor of a person; null while none is on. */
export async function describeFactor(userId: UserId, now: Date): Promise<DescribedFactor | null> {
  const factor = await findFactor(userId);
  if (!factor?.confirmedAt) return null;
  const [codesLeft, devices] = await Promise.all([countCodesLeft(userId), findTrustedDevices(userId, now)]);
  return { since: factor.confirmedAt, codesLeft, devices };
}
