import { localRegion } from "../aws-identity";
import type { AwsCredentials } from "../front/callers";
import type { FunctionDefinition } from "./function-definition";

/**
 * All that a function's process sees: the template's variables and those that the Lambda runtime
 * sets (developer guide, "Defined runtime environment variables"). Nothing is inherited.
 *
 * @param endpoints `AWS_ENDPOINT_URL_…` variables, which the SDKs read.
 * @param credentials those of the function's role: what it calls is known by them to be its call.
 * @param temporaryDirectory stands in for the /tmp that each Lambda environment has to itself.
 */
export function runtimeEnvironment(
  definition: FunctionDefinition,
  endpoints: Readonly<Record<string, string>>,
  credentials: AwsCredentials,
  temporaryDirectory: string,
): Record<string, string> {
  return {
    ...definition.environment,
    ...endpoints,
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    ...(definition.logLevel === undefined
      ? {}
      : { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: definition.logLevel }),
    LAMBDA_TASK_ROOT: definition.directory,
    _HANDLER: definition.handler,
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TZ: ":UTC",
    TMPDIR: temporaryDirectory,
  };
}
