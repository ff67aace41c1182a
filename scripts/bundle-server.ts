import { join } from "node:path";
import { build } from "esbuild";

import { serverBundle } from "./serve";

/** Makes one file of JavaScript of the server's program, so that no compiler is loaded beside it. Packages stay in node_modules. */
export async function bundleServer(root: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [join("scripts", "app-server.ts")],
    outfile: serverBundle(root),
    ...{ bundle: true, platform: "node", format: "esm", target: "node20.19", packages: "external" },
    logLevel: "silent",
  });
}
