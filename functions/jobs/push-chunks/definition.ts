import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "push-chunks",
  description: "Gives staged chunks to Klaviyo as import jobs, at the account's pace",
  memory: 1024,
  // Ten chunks take 4 s of waiting at Klaviyo's steady 150 jobs a minute, besides their transfer.
  timeoutSeconds: 60,
  worksOn: "push",
  loopsBecause:
    "A chunk whose turn has not come, or that Klaviyo can't take now, is put off by a new message.",
  needs: ["connections", "runs", "klaviyo", "secrets", "ownSecrets", "signIn", "work", "runQueues"],
  sends: { sid: "PassOn", to: ["push", "confirm", "settle"] },
} as const satisfies JobDefinition;
