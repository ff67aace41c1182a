import { generateProviderCatalogue } from "./generate-provider-catalogue";
import { generateScorecard } from "./generate-scorecard";

/**
 * `npm run generate`: rewrites the provider catalogue, after an upgrade of next-auth, and the ASVS scorecard, after a change of
 * its answers. The database client was generated on the way in.
 */
export default async function generate(): Promise<number> {
  generateProviderCatalogue(process.cwd());
  generateScorecard(process.cwd());
  return 0;
}
