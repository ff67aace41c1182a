import { generateProviderCatalogue } from "./generate-provider-catalogue";

/** `npm run generate`: rewrites the provider catalogue after an upgrade of next-auth. The database client was generated on the way in. */
export default async function generate(): Promise<number> {
  generateProviderCatalogue(process.cwd());
  return 0;
}
