import { auth } from "./auth";

export default auth;

export const config = { runtime: "nodejs", matcher: ["/members"] };
