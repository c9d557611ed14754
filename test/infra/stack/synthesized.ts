import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";
import { createApp, type AppOptions } from "../../../infra/app";
import type { StageName } from "../../../infra/stage-config";

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.any()).default({}),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
    }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.any() })),
});
export type SynthesizedTemplate = z.infer<typeof templateSchema>;
export type Resource = SynthesizedTemplate["Resources"][string];

const made = new Map<StageName, SynthesizedTemplate>();

/** A stage's template, without bundles and without checks. */
export function templateOf(stage: StageName): SynthesizedTemplate {
  const template = made.get(stage) ?? synthesize({ stage });
  made.set(stage, template);
  return template;
}

/** Synthesizes anew; without bundles and checks unless the options say otherwise. */
export function synthesize(options: AppOptions): SynthesizedTemplate {
  const outdir = mkdtempSync(path.join(tmpdir(), "segment-export-test-"));
  try {
    const assembly = createApp({ bundling: false, checks: false, ...options, outdir }).synth();
    return templateSchema.parse(assembly.getStackByName(`SegmentExport-${options.stage}`).template);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The resources of a type by logical id. */
export function resourcesOf(template: SynthesizedTemplate, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The only resource of a type whose logical id starts so. */
export function resource(template: SynthesizedTemplate, type: string, start: string): Resource {
  const found = resourcesOf(template, type).filter(([id]) => id.startsWith(start));
  if (found.length !== 1) {
    throw new Error(`${String(found.length)} resources of type ${type} start with ${start}`);
  }
  return found[0]![1];
}

/** Statements of a function's own role, by the start of the function's construct id. */
export function statementsOf(template: SynthesizedTemplate, construct: string): Statement[] {
  const policy = resource(template, "AWS::IAM::Policy", `${construct}Role`);
  return z.array(statementSchema).parse(policy.Properties["PolicyDocument"].Statement);
}

const oneOrMore = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(z.any()),
);
const statementSchema = z.object({
  Sid: z.string().optional(),
  Effect: z.literal("Allow"),
  Action: oneOrMore.pipe(z.array(z.string())),
  Resource: oneOrMore,
  Condition: z.record(z.string(), z.any()).optional(),
});
export type Statement = z.infer<typeof statementSchema>;
