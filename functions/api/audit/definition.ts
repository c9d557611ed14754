import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "audit-api",
  description: "Shows who changed what and what became of runs",
  memory: 1024,
  needs: [
    {
      need: "audit",
      instead: [
        { sid: "ReadAudit", actions: ["Query"] },
        { sid: "ReadAuditByTarget", index: "byTarget", actions: ["Query"] },
        { sid: "ReadAuditByActor", index: "byActor", actions: ["Query"] },
      ],
      because: "It reads the log, and is the only one that does; it has nothing to add.",
    },
    {
      need: "people",
      instead: [{ sid: "ReadNames", keysLike: "person#*", actions: ["GetItem"] }],
      because: "It names users and keeps nobody's name.",
    },
  ],
} as const satisfies ApiDefinition;
