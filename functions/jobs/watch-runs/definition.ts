import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "watch-runs",
  description: "Finds runs that stopped moving, starts them again or ends them",
  memory: 512,
  timeoutSeconds: 50,
  worksOn: "everyMinute",
  needs: [
    "exports",
    {
      need: "runs",
      also: [
        { sid: "ListChunks", actions: ["Query"] },
        { sid: "FindOpenRuns", index: "open", actions: ["Query"] },
        { sid: "ReadOpenRuns", actions: ["BatchGetItem"] },
      ],
      because: "It looks for runs that have not moved, and for what they wait.",
    },
    "runRecords",
    "announcements",
    "prepareQueue",
    "runQueues",
  ],
  sends: { sid: "PassOn", to: ["prepare", "push", "confirm", "settle"] },
} as const satisfies JobDefinition;
