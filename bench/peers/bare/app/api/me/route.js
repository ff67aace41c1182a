/** The request is read, or Next would answer at build time. */
export function GET(request) {
  return Response.json({ user: { email: "ada@latchkey.example", agent: request.headers.get("user-agent") } });
}
