import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "settle-dead-letters",
  description: "Ends what a message was about that could not be handled, so that its run ends too",
  memory: 512,
  timeoutSeconds: 60,
  worksOn: "deadLetters",
  needs: ["exports", "runs", "runRecords", "prepareQueue", "runQueues"],
  sends: { sid: "PassOn", to: ["prepare", "push", "confirm", "settle"] },
} as const satisfies JobDefinition;
