import { needName, type FunctionDefinition } from "../../../shared/config/function-definition";
import type { TokenRules } from "../../../shared/domain/access/token-rules";
import type { StageConfig, StageName } from "../../stage-config";
import type { ProvidedNeeds } from "./provided-needs";

export interface EnvironmentSources {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly tokenRules: TokenRules;
  readonly provided: ProvidedNeeds;
}

/** A function's environment variables: those of every function, those of the API's, and those of its needs. */
export function functionEnvironment(
  definition: FunctionDefinition,
  { stage, config, tokenRules, provided }: EnvironmentSources,
): Record<string, string> {
  const environment: Record<string, string> = { STAGE: stage, LOG_LEVEL: config.logLevel };
  if (definition.kind === "api") {
    environment["TOKEN_RULES"] = JSON.stringify(tokenRules);
  }
  for (const needed of definition.needs) {
    Object.assign(environment, provided[needName(needed)].variables);
  }
  return environment;
}
