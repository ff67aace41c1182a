import * as z from "zod";

import { MAX_REPORTS_PER_REQUEST } from "./policy";

// Browsers add members as standards grow: here alone, what is not known is left out instead of refused.
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/** As `report-uri` has it: one violation, in the words of CSP level 2. */
const OldReportSchema = z.object({
  "csp-report": z.object({
    "document-uri": text,
    "blocked-uri": text,
    "effective-directive": text,
    "violated-directive": text,
    "source-file": text,
    "line-number": number,
  }),
});

/** As `report-to` has it: several, of any kind that the Reporting API knows. */
const ReportListSchema = z
  .array(
    z.object({
      type: z.string(),
      url: text,
      body: z
        .object({
          documentURL: text,
          blockedURL: text,
          effectiveDirective: text,
          sourceFile: text,
          lineNumber: number,
        })
        .nullish(),
    }),
  )
  .max(MAX_REPORTS_PER_REQUEST);

/** What a browser posts when it has refused something, in either of its forms. */
export const SecurityReportsSchema = z.union([OldReportSchema, ReportListSchema]);

export type SecurityReports = z.output<typeof SecurityReportsSchema>;
