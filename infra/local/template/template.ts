import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const resourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});

/** The parts of a CloudFormation template that tell what there is. */
const templateSchema = z.object({
  Parameters: z
    .record(z.string(), z.object({ Default: z.union([z.string(), z.number()]).optional() }))
    .default({}),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Condition: z.string().optional() }))
    .default({}),
});

export type TemplateResource = z.infer<typeof resourceSchema>;
export type TemplateBody = z.infer<typeof templateSchema>;

export interface Template {
  readonly stackName: string;
  /** The cloud assembly's directory, which the paths of assets start from. */
  readonly directory: string;
  readonly body: TemplateBody;
}

const templateSuffix = ".template.json";

/**
 * Reads the one stack's template of a synthesized cloud assembly.
 *
 * @throws when there is none or more than one, or when it is not a template.
 */
export function loadTemplate(directory: string): Template {
  const files = readdirSync(directory).filter((file) => file.endsWith(templateSuffix));
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new Error(
      `${directory} holds ${files.length} stack templates; exactly one is expected. Synthesize the stage "local" into a directory of its own.`,
    );
  }
  return {
    stackName: file.slice(0, -templateSuffix.length),
    directory,
    body: templateSchema.parse(JSON.parse(readFileSync(path.join(directory, file), "utf8"))),
  };
}
