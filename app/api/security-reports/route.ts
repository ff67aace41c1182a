import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { noteReports } from "@/features/security-report/note-reports";
import { SecurityReportsSchema } from "@/features/security-report/schema";
import { systemClock } from "@/lib/clock";

const MEDIA_TYPE = /^application\/(?:csp-report|reports\+json)(?: ?; ?charset="?utf-8"?)?$/i;

/**
 * Where browsers tell what a page's Content-Security-Policy made them refuse.
 *
 * @see https://www.w3.org/TR/CSP3/#reporting and https://www.w3.org/TR/reporting-1/
 */
async function postReports(request: Request): Promise<Response> {
  noteReports(await readJson(request, SecurityReportsSchema, MEDIA_TYPE), systemClock());
  return new Response(null, { status: 204 });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postReports });
