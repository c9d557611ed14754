import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "sources-api",
  description: "Adds, shows, checks, changes and removes sources of segments",
  memory: 1024,
  needs: [
    {
      need: "settings",
      instead: [
        {
          sid: "KeepSources",
          keysLike: "source*",
          actions: ["GetItem", "PutItem", "DeleteItem"],
        },
      ],
      because: "It is what keeps the sources; what else is set lies beside them.",
    },
    {
      need: "exports",
      instead: [{ sid: "FindUsers", actions: ["Scan"] }],
      because: "A source goes only when no export uses its segments.",
    },
    {
      need: "segments",
      instead: [],
      because: "It tells the name of the segments bucket, and reads nothing in it.",
    },
    "sourceModels",
    {
      need: "sourceSecrets",
      instead: [
        {
          sid: "KeepSourceCredentials",
          actions: [
            "CreateSecret",
            "TagResource",
            "PutSecretValue",
            "RestoreSecret",
            "DeleteSecret",
          ],
        },
      ],
      because: "It is what keeps, replaces and deletes the tokens and keys that people enter.",
    },
    "requests",
    "people",
    "audit",
  ],
} as const satisfies ApiDefinition;
