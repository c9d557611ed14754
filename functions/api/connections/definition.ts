import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "connections-api",
  description: "Makes, shows, checks, changes and removes connections to Klaviyo accounts",
  memory: 1024,
  needs: [
    {
      need: "connections",
      instead: [
        {
          sid: "Connections",
          actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"],
        },
      ],
      because: "It is what makes and removes connections.",
    },
    {
      need: "exports",
      instead: [
        { sid: "FindExports", index: "byConnection", actions: ["Query"] },
        { sid: "ForgetSnapshots", actions: ["GetItem", "UpdateItem", "Scan"] },
      ],
      because:
        "A connection goes only when no export uses it, and with what its exports' runs left.",
    },
    {
      need: "runs",
      instead: [
        { sid: "StopRuns", actions: ["GetItem", "UpdateItem"] },
        { sid: "FindOpenRuns", index: "open", actions: ["Query"] },
        { sid: "ReadOpenRuns", actions: ["BatchGetItem"] },
        { sid: "FindRuns", index: "byConnection", actions: ["Query"] },
      ],
      because: "The runs of a connection that goes are stopped, and what they left is deleted.",
    },
    {
      need: "work",
      instead: [
        { sid: "FindWorkFiles", actions: ["ListBucket"] },
        { sid: "DeleteStaging", below: "staging/", actions: ["DeleteObject"] },
        { sid: "DeleteReports", below: "reports/", actions: ["DeleteObject"] },
        { sid: "DeleteSnapshots", below: "snapshots/", actions: ["DeleteObject"] },
      ],
      because: "Profiles of a connection that goes are deleted with it.",
    },
    {
      need: "klaviyo",
      instead: [{ sid: "PaceCalls", actions: ["GetItem", "PutItem", "DeleteItem"] }],
      because:
        "It writes connections anyway, and forgets the pace of an account that nobody uses any more.",
    },
    {
      need: "secrets",
      instead: [
        {
          sid: "KeepApiKeys",
          actions: [
            "CreateSecret",
            "TagResource",
            "GetSecretValue",
            "PutSecretValue",
            "RestoreSecret",
            "DeleteSecret",
          ],
        },
      ],
      because: "It is what keeps, replaces and deletes the keys that people type.",
    },
    "ownSecrets",
    "signIn",
    "requests",
    "people",
    "audit",
  ],
} as const satisfies ApiDefinition;
