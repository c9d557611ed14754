import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { SegmentExportStack } from "./stacks/segment-export-stack";
import { stageConfig, type StageConfig, type StageName } from "./stage-config";

export interface AppOptions {
  readonly stage: StageName;
  /** Folder of the cloud assembly. @default a temporary folder */
  readonly outdir?: string;
  /**
   * Whether the functions are bundled. Without it the template is the same but for the assets' hashes,
   * and the functions can't be started. @default true
   */
  readonly bundling?: boolean;
  /**
   * Whether synthesis checks the template: cdk-nag's AwsSolutions and the library's own rules. They take
   * longer than all else.
   * @default true, but for `local`, which is synthesized at each start; tests and `npm run synth` check it
   */
  readonly checks?: boolean;
  /** Replaces whole properties of the stage's configuration. */
  readonly configuration?: Partial<StageConfig>;
}

/**
 * What the library reads from the context, set here and not in cdk.json, so that the command line, the
 * embedded environment and tests make the same template.
 */
const context = {
  // Asset paths in the template's metadata: the embedded environment finds the functions' code by them.
  "aws:cdk:enable-asset-metadata": true,
  "aws:cdk:enable-path-metadata": true,
  "@aws-cdk/core:enablePartitionLiterals": true,
  // What the library's own rules find wrong stops synthesis instead of being a warning.
  "@aws-cdk/core:validateAgainstDefaultRules": true,
} as const;

/** Properties of an app that makes this system's templates. */
export function appProps(options: Omit<AppOptions, "stage" | "configuration"> = {}): AppProps {
  return {
    analyticsReporting: false,
    // What is found is told by its construct's path; taking each construct's trace makes synthesis a tenth longer.
    stackTraces: false,
    builtinCloudFormationValidation: options.checks ?? true,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
    context: {
      ...context,
      ...(options.bundling === false ? { "aws:cdk:bundling-stacks": [] } : {}),
    },
  };
}

/** Adds a stage's stack to an app; with `checks`, synthesis throws on findings of cdk-nag. */
export function addStage(
  app: App,
  stage: StageName,
  options: Pick<AppOptions, "checks" | "configuration"> = {},
): SegmentExportStack {
  if (options.checks ?? true) {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return new SegmentExportStack(app, `SegmentExport-${stage}`, {
    stage,
    config: stageConfig(stage, options.configuration),
  });
}

/** An app with one stage's stack. */
export function createApp(options: AppOptions): App {
  const checked = { checks: options.stage !== "local", ...options };
  const app = new App(appProps(checked));
  addStage(app, options.stage, checked);
  return app;
}
