import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "watch-runs",
  description:
    "Finds runs that stopped moving, exports whose segments were refreshed, and dead letters",
  memory: 512,
  timeoutSeconds: 50,
  worksOn: "everyMinute",
  needs: [
    {
      need: "exports",
      also: [{ sid: "FindFollowers", index: "byFollows", actions: ["Query"] }],
      because: "It looks which exports follow their segments' refreshes.",
    },
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
    "segments",
    "sourceModels",
    "settings",
    "startQueue",
    "deadLetters",
  ],
  sends: { sid: "PassOn", to: ["start", "prepare", "push", "confirm", "settle"] },
} as const satisfies JobDefinition;
