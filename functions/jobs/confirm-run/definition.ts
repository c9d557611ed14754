import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "confirm-run",
  description:
    "Asks Klaviyo what became of a run's import jobs, settles their chunks, and subscribes members",
  memory: 1024,
  timeoutSeconds: 120,
  worksOn: "confirm",
  loopsBecause:
    "Each round of a run's confirmation calls for the next, until Klaviyo's jobs are complete; subscribing goes on from message to message.",
  needs: [
    "connections",
    {
      need: "runs",
      also: [{ sid: "ListChunks", actions: ["Query"] }],
      because: "A round asks after all chunks that wait for Klaviyo.",
    },
    "klaviyo",
    "secrets",
    "ownSecrets",
    "signIn",
    "work",
    "runQueues",
  ],
  sends: { sid: "PassOn", to: ["push", "confirm", "settle"] },
} as const satisfies JobDefinition;
