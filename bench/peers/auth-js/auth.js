import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { findByPassword } from "../people.mjs";

export const { handlers, auth } = NextAuth({
  providers: [Credentials({ credentials: { email: {}, password: {} }, authorize: findByPassword })],
  session: { strategy: "jwt" },
  trustHost: true,
  callbacks: { authorized: ({ auth: session }) => session !== null },
});
