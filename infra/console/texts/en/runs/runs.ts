import { pluralIn } from "../../plural";

const plural = pluralIn("en");

/** Of runs: their statuses, phases and numbers. */
export const runs = {
  title: "Runs",
  description: "Of all exports, newest first.",
  status: {
    queued: "Queued",
    running: "Running",
    successful: "Successful",
    completedWithWarnings: "Completed with warnings",
    failed: "Failed",
    skipped: "Skipped",
    canceled: "Canceled",
  },
  phase: {
    preparing: "Preparing",
    pushing: "Pushing",
    confirming: "Confirming",
    removing: "Removing",
    subscribing: "Subscribing",
  },
  trigger: { onDemand: "On demand", scheduled: "Scheduled" },
  mode: { incremental: "Changes", full: "All" },
  numbers: {
    rows: "Rows",
    blank: "Blank",
    invalid: "Invalid",
    duplicates: "Duplicates",
    members: "Members",
    unchanged: "Unchanged",
    imported: "Imported",
    refused: "Refused",
    unsent: "Unsent",
    open: "Not settled yet",
  },
  account: {
    label: "Account",
    /** How the numbers come to each other. */
    adds: "The numbers add up.",
    addsNot: "The numbers do not add up. Tell the operators of this system.",
    none: "Nothing counted yet",
  },
  columns: {
    run: "Requested",
    export: "Export",
    status: "Status",
    trigger: "Trigger",
    mode: "Mode",
    duration: "Duration",
    members: "Members",
    imported: "Imported",
    rejected: "Rejected",
    account: "Account",
  },
  count: (count: number) => plural(count, { one: "# run", other: "# runs" }),
  none: "No runs yet",
  noneHint: "A run appears here when an export runs, on its schedule or on demand.",
  filter: "Find runs",
};
