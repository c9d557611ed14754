import * as z from "zod";

/**
 * Why a row of a segment is not among the profiles that a run put on the list, as the rejection report
 * says it. `refusedBy`, `code` and `text` are columns of the report.
 */
export const rowRejections = {
  emailBlank: {
    category: "blank",
    refusedBy: "export",
    text: "The row has no email address.",
  },
  emailInvalid: {
    category: "invalid",
    refusedBy: "export",
    text: "The email address is malformed or longer than 100 characters.",
  },
  emailDuplicate: {
    category: "duplicate",
    refusedBy: "export",
    text: "An earlier row has the same email address; that row is the one that was used.",
  },
  profileUnsent: {
    category: "unsent",
    refusedBy: "export",
    text: "The profile was not sent; the run's problem says why.",
  },
  profileTooLarge: {
    category: "refused",
    refusedBy: "export",
    text: "The profile is larger than 100 KB, the most that Klaviyo takes; map fewer or shorter fields.",
  },
  profileUnremoved: {
    category: "unremoved",
    refusedBy: "export",
    text: "The profile left the segments and was not taken off the list; the run's problem says why.",
  },
  refusalUnmatched: {
    category: "refused",
    refusedBy: "klaviyo",
    text: "Klaviyo refused a profile of this chunk without saying which.",
  },
} as const;
export type RowRejectionCode = keyof typeof rowRejections;

/** The values of the report's column `category`. */
export const rejectionCategories = [
  ...new Set(Object.values(rowRejections).map(({ category }) => category)),
];

/** How many rows of a report have which code, the most frequent first. */
export const rejectionCountsSchema = z.array(
  z.object({ code: z.string(), rows: z.number().int().positive() }),
);
export type RejectionCounts = z.infer<typeof rejectionCountsSchema>;

/** Runs keep the counts of so many codes at most; of a report with more, none. */
export const MOST_KEPT_CODES = 50;

/** Columns of the rejection report, in order; a row a rejection. */
export const REJECTION_COLUMNS = [
  "segment",
  "file",
  "row",
  "email",
  "category",
  "refusedBy",
  "code",
  "text",
] as const;

/** A row of the rejection report. Of what has no row in a segment, segment, file and row are empty or absent. */
export const reportedRejectionSchema = z.object({
  segment: z.string(),
  file: z.string(),
  /** Counts a file's records from 1, after the header. */
  row: z.number().int().positive().optional(),
  email: z.string(),
  category: z.enum(rejectionCategories),
  refusedBy: z.string(),
  /** Ours, or Klaviyo's own. */
  code: z.string(),
  text: z.string(),
} satisfies Record<(typeof REJECTION_COLUMNS)[number], z.ZodType>);
export type ReportedRejection = z.infer<typeof reportedRejectionSchema>;
