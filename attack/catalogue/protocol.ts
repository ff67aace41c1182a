import { attack } from "../attack";
import { demand } from "../demand";
import { rawRequest, sendBytes } from "../raw-request";
import type { Target } from "../target";

const ROUTES = [
  "/",
  "/sign-in",
  "/dashboard",
  "/api/me",
  "/api/sign-in",
  "/api/nothing",
  "/api/auth/session",
  "/healthz",
];

/** A89: methods that nothing here answers are refused as such, and break nothing. */
async function oddMethods(target: Target): Promise<void> {
  for (const path of ROUTES) {
    for (const method of ["TRACE", "PROPFIND", "MKCOL", "LOCK"]) {
      const { status, headers } = await rawRequest(target.addresses[0], { method, path });
      demand(status === 405, `${method} ${path}: answered ${status}, not 405`);
      demand(headers.allow !== undefined, `${method} ${path}: 405 without Allow`);
    }
    for (const method of ["PUT", "PATCH"]) {
      const { status } = await rawRequest(target.addresses[0], { method, path });
      demand(status >= 400 && status < 500, `${method} ${path}: answered ${status}`);
    }
  }
  const { said } = await sendBytes(target.addresses[0], `OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  demand(/^HTTP\/1\.1 (?:200|204|4\d\d)/.test(said), `OPTIONS *: answered ${said.split("\r\n")[0]}`);
}

const head = (lines: readonly string[]) =>
  `POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\n${lines.join("\r\n")}\r\n\r\n`;
const SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

/** What two servers in a row would take apart in different ways. */
const AMBIGUOUS: Readonly<Record<string, string>> = {
  "a length and chunks": `${head(["Content-Length: 6", "Transfer-Encoding: chunked"])}0\r\n\r\n${SMUGGLED}`,
  "two encodings": `${head(["Transfer-Encoding: chunked", "Transfer-Encoding: x"])}0\r\n\r\n${SMUGGLED}`,
  "a disguised encoding": `${head(["Transfer-Encoding : chunked"])}0\r\n\r\n${SMUGGLED}`,
  "two lengths": `${head(["Content-Length: 0", "Content-Length: 44"])}${SMUGGLED}`,
  "a negative length": head(["Content-Length: -1"]),
  "line feeds alone": "GET /api/me HTTP/1.1\nHost: localhost\n\n",
  "a header that is too long": head([`X-Long: ${"a".repeat(40_000)}`]),
  "a NUL in a header": head(["X-Zero: a\0b"]),
};

/** A90: a request that could be read in two ways is read in none. */
async function smuggling(target: Target): Promise<void> {
  for (const [what, bytes] of Object.entries(AMBIGUOUS)) {
    const { said, closed } = await sendBytes(target.addresses[0], bytes);
    const statuses = [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    const refused = statuses.length === 0 ? closed : statuses.every((status) => [400, 413, 431, 501].includes(status));
    demand(refused, `a request with ${what}: answered ${statuses.join(" and ") || "nothing, and stayed open"}`);
    demand(statuses.length <= 1, `a request with ${what} was taken for ${statuses.length}`);
  }
}

const FILES = [
  ...["/.env", "/.env.local", "/.git/HEAD", "/.git/config", "/.next/BUILD_ID", "/package.json", "/package-lock.json"],
  ...["/next.config.ts", "/prisma/schema.prisma", "/auth.ts", "/tsconfig.json", "/.data/postgres/password"],
  ...[
    "/_next/static/../../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/_next/static/%2e%2e/%2e%2e/package.json",
  ],
  ...["/metrics", "/debug", "/api/docs", "/swagger.json", "/graphql", "/phpinfo.php", "/server-status"],
  ...["/_next/image?url=http://127.0.0.1:5432/&w=64&q=75", "/_next/image?url=%2f..%2f.env&w=64&q=75"],
];

/** A91: nothing lies about that isn't part of the site. */
async function leftLyingAbout(target: Target): Promise<void> {
  for (const path of FILES) {
    const { status, text } = await rawRequest(target.addresses[0], { path });
    demand([400, 401, 403, 404, 307, 308].includes(status), `${path}: answered ${status}`);
    demand(!/AUTH_SECRET=|DATABASE_URL=|"dependencies"|datasource db|refs\/heads/.test(text), `${path} can be read`);
  }
  const page = (await rawRequest(target.addresses[0], { path: "/sign-in" })).text;
  const scripts = [...new Set(page.match(/\/_next\/static\/[^"\\]+\.js/g) ?? [])];
  for (const script of scripts.slice(0, 10)) {
    const { status } = await rawRequest(target.addresses[0], { path: `${script}.map` });
    demand(status === 404, `${script}.map: answered ${status}`);
  }
}

const INSIDES =
  /\bat [\w.<>]+ \(|node_modules|\/app\/.*\.tsx?:\d|PrismaClient|SELECT .* FROM|ECONNREFUSED|\bpg_|stack"\s*:|postgres:\/\//;

/** A92: what goes wrong tells nothing about the inside, and has a number to ask for. */
async function tellingErrors(target: Target): Promise<void> {
  const json = { "content-type": "application/json" };
  const broken: readonly (readonly [method: string, path: string, body?: string, headers?: Record<string, string>])[] =
    [
      ["POST", "/api/sign-in", "{", json],
      ["POST", "/api/sign-in", '{"email":1e400}', json],
      ["POST", "/api/sign-up", '"\\ud800"', json],
      ["POST", "/api/auth/callback/credentials", "email=x"],
      ["POST", "/api/auth/signin/nobody", "x=1"],
      ["GET", "/api/auth/callback/google?code=x&state=y"],
      ["GET", "/api/auth/callback/nobody?code=x"],
      ["POST", "/sign-in", "x", { "content-type": "multipart/form-data; boundary=nothing" }],
      ["POST", "/sign-in", "x", { "next-action": "0".repeat(42), "content-type": "text/plain" }],
      ["GET", "/%E0%A4%A"],
      ["GET", "/api/sessions/%00"],
      ["GET", `/${"a".repeat(5_000)}`],
    ];
  for (const [method, path, body, headers = {}] of broken) {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const answer = await rawRequest(target.addresses[0], {
      ...{ method, path, headers: { ...headers, ...length, origin: target.origin } },
      ...(body === undefined ? {} : { body }),
    });
    const what = `${method} ${path.slice(0, 60)}`;
    demand(answer.status < 500, `${what}: answered ${answer.status}`);
    demand(!INSIDES.test(answer.text), `${what} tells of the inside: ${INSIDES.exec(answer.text)?.[0]}`);
    demand(answer.headers["x-powered-by"] === undefined, `${what} says what it is made with`);
    demand(answer.headers["x-request-id"] !== undefined, `${what} has no number to ask for`);
  }
}

export const protocolAttacks = [
  attack("A89", "ASVS 4.1.4, 13.4.4", "Methods that nothing answers", oddMethods),
  attack("A90", "RFC 9112 section 11.2", "Requests that can be read in two ways", smuggling),
  attack("A91", "ffuf's lists", "Files that lie about", leftLyingAbout),
  attack("A92", "ASVS 13.4.2, 16.5.1", "Errors that tell", tellingErrors),
];
