import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "runs-api",
  description: "Starts, cancels, lists and shows runs, and links to their rejection reports",
  memory: 1024,
  needs: [
    "connections",
    {
      need: "exports",
      instead: [{ sid: "ClaimExport", actions: ["GetItem", "UpdateItem", "Scan"] }],
      because: "An export is claimed for its run; all of them can be started at once.",
    },
    {
      need: "runs",
      instead: [
        { sid: "Runs", actions: ["GetItem", "PutItem", "UpdateItem"] },
        { sid: "ListRuns", index: "byExport", actions: ["Query"] },
        { sid: "ListAllRuns", index: "byRequested", actions: ["Query"] },
        { sid: "ReadListedRuns", actions: ["BatchGetItem"] },
      ],
      because: "It makes runs and previews, and lists an export's runs, and all of them.",
    },
    {
      need: "work",
      instead: [
        // Without it S3 says of a report that has expired that it is forbidden.
        { sid: "FindWorkFiles", actions: ["ListBucket"] },
        { sid: "ReadReports", below: "reports/", actions: ["GetObject"] },
      ],
      because: "It reads reports; a link to one opens what whoever signed it may read.",
    },
    "requests",
    "people",
    "audit",
    "startQueue",
    "prepareQueue",
    "confirmQueue",
  ],
  sends: { sid: "StartAndStop", to: ["prepare", "start", "confirm"] },
} as const satisfies ApiDefinition;
