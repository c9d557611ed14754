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
      because: "Who is due is found among all exports.",
    },
    {
      need: "runs",
      instead: [{ sid: "Runs", actions: ["GetItem", "PutItem"] }],
      because: "It makes runs, and moves none.",
    },
    "settings",
    "timetable",
    "runRecords",
    "startQueue",
    "prepareQueue",
  ],
  sends: { sid: "StartRuns", to: ["start", "prepare"] },
} as const satisfies JobDefinition;
