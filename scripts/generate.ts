import { generateProviderCatalogue } from "./generate-provider-catalogue";
import { generateScorecard } from "./generate-scorecard";
import { writeTheme } from "./write-theme";

/**
 * `npm run generate`: rewrites the provider catalogue, after an upgrade of next-auth, and the ASVS scorecard, after a change of
 * its answers, and what follows from brand.ts. The database client was generated on the way in.
 */
export default async function generate(): Promise<number> {
  generateProviderCatalogue(process.cwd());
  generateScorecard(process.cwd());
  writeTheme(process.cwd());
  return 0;
}
