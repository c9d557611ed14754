import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "start-runs",
  description: "Finds the exports that are due, and starts their runs",
  memory: 1024,
  timeoutSeconds: 60,
  worksOn: "start",
  loopsBecause:
    "A start that AWS's own trouble holds up is put off by a new message, for up to six hours.",
  needs: [
    "connections",
    {
      need: "exports",
      instead: [{ sid: "ClaimExports", actions: ["GetItem", "UpdateItem", "Scan"] }],
      also: [{ sid: "FindDue", index: "byFollows", actions: ["Query"] }],
      because: "Who is due is found in an index, which is looked through once a week.",
    },
    {
      need: "runs",
      instead: [{ sid: "Runs", actions: ["GetItem", "PutItem"] }],
      because: "It makes runs, and moves none.",
    },
    {
      need: "settings",
      also: [{ sid: "NoteIndex", keysLike: "exportIndex", actions: ["PutItem"] }],
      because: "It notes when all exports were in the index in which those are found that are due.",
    },
    "timetable",
    "runRecords",
    "startQueue",
    "prepareQueue",
  ],
  sends: { sid: "StartRuns", to: ["start", "prepare"] },
} as const satisfies JobDefinition;
