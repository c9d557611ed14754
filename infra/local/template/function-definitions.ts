import path from "node:path";
import * as z from "zod";
import type { FunctionDefinition } from "../functions/function-definition";
import type { Resolve } from "./intrinsics";
import { functionMetadata, functionProperties } from "./resource-properties";
import { resourcesOfType } from "./resources-of-type";
import type { Template } from "./template";

/**
 * The template's functions.
 *
 * @param overrides variables that every function gets instead of the template's own, for instance
 *   the address of the Klaviyo simulator.
 * @throws when a function's code is not an asset of the cloud assembly.
 */
export function functionDefinitions(
  template: Template,
  resolve: Resolve,
  overrides: Readonly<Record<string, string>>,
): FunctionDefinition[] {
  return resourcesOfType(template, resolve, ["AWS::Lambda::Function"], functionProperties).map(
    ({ logicalId, properties }) => {
      const metadata = functionMetadata.safeParse(template.body.Resources[logicalId]?.Metadata);
      if (!metadata.success) {
        throw new Error(
          `${logicalId} has no code to run: its metadata names no asset. Synthesize with asset metadata (aws:cdk:enable-asset-metadata).`,
        );
      }
      return {
        logicalId,
        name: z.string().parse(resolve({ Ref: logicalId })),
        arn: z.string().parse(resolve({ "Fn::GetAtt": [logicalId, "Arn"] })),
        roleArn: properties.Role,
        directory: path.resolve(template.directory, metadata.data["aws:asset:path"]),
        handler: properties.Handler,
        runtime: properties.Runtime,
        memoryMegabytes: properties.MemorySize,
        storageMegabytes: properties.EphemeralStorage.Size,
        timeoutSeconds: properties.Timeout,
        reservedConcurrency: properties.ReservedConcurrentExecutions,
        recursiveLoop: properties.RecursiveLoop,
        logLevel:
          properties.LoggingConfig.LogFormat === "JSON"
            ? properties.LoggingConfig.ApplicationLogLevel
            : undefined,
        environment: { ...properties.Environment.Variables, ...overrides },
      };
    },
  );
}
