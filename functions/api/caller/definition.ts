import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "caller-api",
  description: "Tells callers who they are and what they may do",
  memory: 512,
  needs: [],
} as const satisfies ApiDefinition;
