import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "prepare-run",
  description: "Reads a run's segments, checks and compares them, and stages the chunks",
  memory: 3008,
  ampleMemory: 4096,
  // Lambda's most: what takes longer can't be prepared in one piece.
  timeoutSeconds: 900,
  storage: 10240,
  duckdb: true,
  worksOn: "prepare",
  loopsBecause:
    "A preparation that Klaviyo does not let go on is put off by a new message, for up to an hour; reading a list goes on from message to message.",
  needs: [
    {
      need: "connections",
      instead: [{ sid: "ReadConnections", actions: ["GetItem", "Scan"] }],
      because: "Who else uses the list is asked of all connections to its account.",
    },
    {
      need: "exports",
      also: [{ sid: "FindExports", index: "byConnection", actions: ["Query"] }],
      because: "Who else uses the list is asked of the exports of those connections.",
    },
    {
      need: "runs",
      also: [{ sid: "ListChunks", actions: ["Query"] }],
      because: "A preparation that goes on sends the chunks that are there.",
    },
    "klaviyo",
    "secrets",
    "ownSecrets",
    "signIn",
    "sources",
    {
      need: "settings",
      also: [{ sid: "NoteSourceState", keysLike: "source#*", actions: ["PutItem"] }],
      because: "A run that a source does not let in, or lets in again, notes the source's state.",
    },
    "segments",
    "preparationPace",
    {
      need: "work",
      also: [{ sid: "ReadSnapshot", below: "snapshots/", actions: ["GetObject"] }],
      because: "Members are compared with the export's snapshot.",
    },
    "runRecords",
    "prepareQueue",
    "runQueues",
  ],
  sends: { sid: "PassOn", to: ["prepare", "push", "confirm", "settle"] },
} as const satisfies JobDefinition;
