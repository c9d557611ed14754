import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "exports-api",
  description: "Makes, lists, shows, changes and deletes exports",
  memory: 1024,
  needs: [
    {
      need: "connections",
      instead: [{ sid: "ReadConnections", actions: ["GetItem", "Scan"] }],
      because: "Who else uses a list is asked of all connections to its account.",
    },
    {
      need: "exports",
      instead: [
        {
          sid: "Exports",
          actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"],
        },
        { sid: "FindExports", index: "byConnection", actions: ["Query"] },
      ],
      because: "It is what makes and deletes exports.",
    },
    {
      need: "runs",
      instead: [
        { sid: "StopAndShowRuns", actions: ["GetItem", "UpdateItem", "BatchGetItem"] },
        // Previews lie beside the runs, which nobody may delete.
        { sid: "DeletePreviews", keysLike: "preview#*", actions: ["Query", "DeleteItem"] },
        { sid: "ListRuns", index: "byExport", actions: ["Query"] },
      ],
      because:
        "An export shows its last run; when it is deleted or detached, its run is stopped and its previews go.",
    },
    {
      need: "segments",
      instead: [{ sid: "ListSegments", actions: ["ListBucket"] }],
      because: "It asks whether a segment is there, and reads none.",
    },
    {
      need: "work",
      instead: [
        { sid: "FindWorkFiles", actions: ["ListBucket"] },
        { sid: "DeleteSnapshots", below: "snapshots/", actions: ["DeleteObject"] },
      ],
      because: "The snapshots of an export that is deleted or detached are deleted.",
    },
    "klaviyo",
    "secrets",
    "ownSecrets",
    "signIn",
    "sourceModels",
    "settings",
    "requests",
    "people",
    "audit",
    "confirmQueue",
  ],
  sends: { sid: "SettleStopped", to: ["confirm"] },
} as const satisfies ApiDefinition;
