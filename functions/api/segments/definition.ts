import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "segments-api",
  description: "Lists segments and describes their fields and members",
  // A description reads the whole segment within the API's 29 seconds: as near to two processors as it may be.
  memory: 3008,
  ampleMemory: 3538,
  storage: 4096,
  duckdb: true,
  readsWholeSegments: true,
  needs: [
    "segments",
    "sources",
    {
      need: "settings",
      instead: [
        { sid: "SegmentSettings", keysLike: "segment#*", actions: ["GetItem", "PutItem"] },
        { sid: "FindSources", keysLike: "sources", actions: ["GetItem"] },
      ],
      because: "It sets what is set for a segment; the system's own settings lie beside that.",
    },
    {
      need: "requests",
      instead: [{ sid: "KeepDescriptions", actions: ["GetItem", "PutItem"] }],
      because: "It keeps descriptions of segments, and no answers.",
    },
    "people",
    "audit",
  ],
} as const satisfies ApiDefinition;
