import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A cloud assembly as the CDK would write it: one template, and a directory for each function. */
export interface CloudAssembly {
  readonly directory: string;
  remove(): void;
}

/**
 * @param functions what each function's `index.js` says, by logical id.
 */
export function writeCloudAssembly(
  template: object,
  functions: Readonly<Record<string, string>> = {},
): CloudAssembly {
  const directory = mkdtempSync(path.join(os.tmpdir(), "cloud-assembly-"));
  writeFileSync(path.join(directory, "Stack.template.json"), JSON.stringify(template));
  for (const [logicalId, code] of Object.entries(functions)) {
    mkdirSync(path.join(directory, `asset.${logicalId}`));
    writeFileSync(path.join(directory, `asset.${logicalId}`, "index.js"), code);
  }
  return {
    directory,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A function resource, whose code is the asset of the same name and whose role is the template's `Role`. */
export function functionResource(logicalId: string, properties: object = {}): object {
  return {
    Type: "AWS::Lambda::Function",
    Metadata: { "aws:asset:path": `asset.${logicalId}`, "aws:cdk:path": `Stack/${logicalId}` },
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: { "Fn::GetAtt": ["Role", "Arn"] },
      Code: { S3Bucket: "assets", S3Key: "key.zip" },
      Timeout: 10,
      ...properties,
    },
  };
}
