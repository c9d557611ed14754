import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { FunctionName } from "../../../functions/definitions";
import type { TokenRules } from "../../../shared/domain/access/token-rules";
import { forEveryFunction } from "./every-function";
import type { FunctionBundles } from "./function-bundles";
import { functionEnvironment } from "./function-environment";
import { functionPermissions } from "./function-permissions";
import { providedNeeds, type Resources } from "./provided-needs";
import { ServiceFunction } from "./service-function";

export interface ServiceFunctionsProps {
  readonly bundles: FunctionBundles;
  readonly resources: Resources;
  readonly tokenRules: TokenRules;
}

/** Every function of the system, as its definition says. */
export function serviceFunctions(
  scope: Construct,
  { bundles, resources, tokenRules }: ServiceFunctionsProps,
): Readonly<Record<FunctionName, ServiceFunction>> {
  const stack = Stack.of(scope);
  const { stage, config } = resources;
  const provided = providedNeeds(stack, resources);
  return forEveryFunction(
    (name, definition) =>
      new ServiceFunction(scope, constructId(name), {
        definition,
        stage,
        config,
        code: bundles.code(name),
        environment: functionEnvironment(definition, { stage, config, tokenRules, provided }),
        permissions: functionPermissions(definition, stack, resources, provided),
      }),
  );
}

/** The name with a capital; what a stack has made is known by it, so it must stay. */
function constructId(name: FunctionName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
