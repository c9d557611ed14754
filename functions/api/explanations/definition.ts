import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "explanations-api",
  description: "Explains why a person is, or is not, on an export's list",
  // It reads whole segments within the API's 29 seconds: as near to two processors as it may be.
  memory: 3008,
  ampleMemory: 3538,
  storage: 4096,
  duckdb: true,
  readsWholeSegments: true,
  needs: [
    "connections",
    {
      need: "exports",
      instead: [{ sid: "ReadExports", actions: ["GetItem"] }],
      because: "It changes nothing of an export.",
    },
    {
      need: "runs",
      instead: [
        { sid: "ReadRuns", actions: ["GetItem", "Query"] },
        { sid: "ListRuns", index: "byExport", actions: ["Query"] },
      ],
      because: "It reads an export's last runs and what became of their chunks.",
    },
    {
      need: "work",
      instead: [
        { sid: "FindWorkFiles", actions: ["ListBucket"] },
        { sid: "ReadStaging", below: "staging/", actions: ["GetObject"] },
        { sid: "ReadSnapshot", below: "snapshots/", actions: ["GetObject"] },
      ],
      because: "It reads what runs have staged, and the export's snapshot; it stages nothing.",
    },
    "klaviyo",
    "secrets",
    "ownSecrets",
    "signIn",
    "segments",
    "sources",
    "settings",
    {
      need: "audit",
      instead: [{ sid: "RecordReads", actions: ["PartiQLInsert"] }],
      because: "It changes nothing: what it hands out is recorded once, and never completed.",
    },
  ],
} as const satisfies ApiDefinition;
