import { pluralIn } from "../../plural";

const plural = pluralIn("en");

/** Of a preview: what a run would do now. */
export const preview = {
  title: (name: string) => `Preview of ${name}`,
  description: "What a run would do now. Nothing is sent.",
  running: "The segments are being read and compared",
  runningHint: "Large segments take a few minutes. You may leave this page.",
  failed: "A run would end without sending anything",
  goes: "Nothing would stop this run.",
  stops: "This run would be stopped before anything is sent",
  expires: "A preview holds personal data. It is kept for an hour.",
  actions: {
    start: "Start run",
    full: "Start full run",
    again: "Preview again",
    previewFull: "Preview full run",
    export: "Export",
  },
  startHint: "Sends what is new and changed",
  fullHint: "Sends unchanged members too",
  numbers: {
    title: "What would happen",
    new: { name: "New", meaning: "put on the list" },
    changed: { name: "Changed", meaning: "on the list, and sent again" },
    unchanged: { name: "Unchanged", meaning: "as Klaviyo has confirmed them, and not sent" },
    tooLarge: { name: "Too large", meaning: "larger than Klaviyo takes, and not sent" },
    leaving: { name: "Leaving", meaning: "taken off the list" },
  },
  account: {
    title: "Rows",
    /** How members come from rows. */
    sentence: (rows: string, blank: string, invalid: string, duplicates: string, members: string) =>
      `${rows} rows − ${blank} blank − ${invalid} invalid − ${duplicates} duplicates = ${members} members`,
  },
  estimate: {
    title: "Calls to Klaviyo",
    calls: (count: number) => plural(count, { one: "# call", other: "# calls" }),
    seconds: (duration: string) => `At least ${duration}, by Klaviyo's limits`,
    atOnce: "Klaviyo's limits allow all of them at once",
    parts: {
      importJobs: "Import jobs",
      statusPolls: "Status polls",
      lookups: "Look-ups",
      removals: "Removals",
      subscriptions: "Subscriptions",
    },
  },
  profiles: {
    title: "First profiles as sent",
    none: "No profile would be sent.",
    one: (number: number) => `Profile ${number}`,
  },
  changes: {
    title: "What changes of profiles on the list",
    email: "Email",
    attribute: "Klaviyo field",
    before: "In Klaviyo now",
    after: "As it is sent",
  },
  leavers: {
    title: "Who would be taken off the list",
    some: (shown: string, all: string) => `The first ${shown} of ${all}`,
  },
  rejections: {
    title: "First rows set aside",
    segment: "Segment",
    file: "File",
    row: "Row",
    email: "Email",
    reason: "Reason",
  },
  readings: {
    title: "How fields are read",
    decimal: { ".": "decimal point", ",": "decimal comma" },
    dateOrder: { dayFirst: "day before month", monthFirst: "month before day" },
    countryCode: (code: string) => `phone numbers with ${code} as +${code}…`,
    empty: (words: string) => `${words} as empty`,
    unclear: { decimal: "decimal mark is unclear", format: "order of day and month is unclear" },
  },
  warnings: "Warnings",
};
