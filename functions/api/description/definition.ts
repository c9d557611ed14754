import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "description-api",
  description: "Shows the API's description (OpenAPI)",
  memory: 512,
  needs: [],
} as const satisfies ApiDefinition;
