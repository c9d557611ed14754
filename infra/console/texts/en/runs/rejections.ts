import { pluralIn } from "../../plural";

const plural = pluralIn("en");

/** Of a run's rejection report. */
export const rejections = {
  /** @param name the export's */
  title: (name: string) => `Rejections of ${name}`,
  description: "Rows that did not reach the list, and why.",
  back: "Run",
  download: "Download CSV",
  downloadDropped: "Download values left out",
  downloadReady: "The links are good for 15 minutes.",
  counts: {
    title: "By code",
    rows: (count: number) => plural(count, { one: "# row", other: "# rows" }),
    incomplete:
      "The report is long: more than 50,000 rows or 500 codes, of which the rest is not counted here.",
    all: "All",
  },
  columns: {
    segment: "Segment",
    file: "File",
    row: "Row",
    email: "Email",
    category: "Category",
    refusedBy: "Refused by",
    code: "Code",
    text: "Reason",
  },
  refusedBy: { export: "this export", klaviyo: "Klaviyo" },
  category: {
    blank: "Blank",
    invalid: "Invalid",
    duplicate: "Duplicate",
    unsent: "Unsent",
    unremoved: "Not removed",
    refused: "Refused",
  },
  rows: "Rows",
  anyCategory: "Any category",
  anySegment: "Any segment",
  find: "Find on this page",
  last: "This is the end of the report.",
  searchOn: "Nothing found so far. The report goes on: look at its next part.",
  none: "No rejections",
  noneHint: "Every row of this run reached the list.",
  expiredTitle: "This report has expired",
  expired:
    "Reports hold personal data and are kept for a limited time. A new run writes a new one.",
  notAvailableTitle: "There is no report",
  notAvailable: "The run is going, or it ended before it had read its rows.",
  mayNotTitle: "Rejections are personal data",
  mayNot: (role: string) =>
    `Your role is ${role}. Administrators may see them, and contributors on connections that are shared with them.`,
};
