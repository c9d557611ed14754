import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { type Stack } from "aws-cdk-lib";
import { createApp } from "../../infra/app";
import { stageNameSchema } from "../../infra/stage-config";
import { templateOf } from "./stack/synthesized";
// In one file, since each file loads the CDK and makes the stages' templates anew.
import "./stack/segment-export-stack";
import "./stack/console";
import "./stack/deployment";
import "./stack/function-bundles";
import "./stack/function-permissions";
import "./stack/source-permissions";

describe("cdk-nag's AwsSolutions", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(path.join(tmpdir(), "segment-export-test-"));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  test.each(stageNameSchema.options)("finds nothing unexplained in stage %s", (stage) => {
    const app = createApp({ stage, outdir, bundling: false, checks: true });
    expect(() => app.synth()).not.toThrow();
  });

  test("stops synthesis when there is a finding", () => {
    const app = createApp({ stage: "dev", outdir, bundling: false, checks: true });
    const stack = app.node.findChild("SegmentExport-dev") as Stack;
    new Bucket(stack, "WithoutLogs");
    expect(() => app.synth()).toThrow("AwsSolutions-S1");
  });
});

test("the template of production is the one that was reviewed", () => {
  const text = JSON.stringify(templateOf("production")).replace(/[0-9a-f]{64}/g, "<hash>");
  expect(JSON.parse(text)).toMatchSnapshot();
});
