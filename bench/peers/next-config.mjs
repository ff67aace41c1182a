import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The same for every peer, and the same as Latchkey's where it bears on speed. */
const config = {
  poweredByHeader: false,
  generateEtags: false,
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "bcryptjs"],
  turbopack: { root: dirname(fileURLToPath(import.meta.url)) },
};

export default config;
