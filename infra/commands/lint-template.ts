import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApp } from "../app";
import { stageNameSchema } from "../stage-config";

/**
 * Lints the CloudFormation template of every stage with cfn-lint. Exit codes: 0 without findings,
 * 1 with findings.
 *
 * cfn-lint is a Python tool. Without it nothing is linted and this says so, but does not fail: people
 * without Python can synthesize and deploy. `--required` turns that into exit code 3, for pipelines.
 */

/** Checks left out, each because of the library's own output, which can't be changed from here. */
const leftOut = {
  W3005: "the library writes out dependencies that references already make",
} as const;

const INSTALL =
  "Install it with: pipx install cfn-lint (or: python3 -m pip install --user cfn-lint)";

const version = spawnSync("cfn-lint", ["--version"], { encoding: "utf8" });
if (version.status === 0) {
  process.exitCode = lint(version.stdout.trim());
} else {
  console.error(`NOT LINTED: cfn-lint is not on the path. ${INSTALL}`);
  process.exitCode = process.argv.includes("--required") ? 3 : 0;
}

/** Synthesizes each stage with its checks, but without bundles, and lints the templates. */
function lint(tool: string): 0 | 1 {
  const folder = mkdtempSync(path.join(tmpdir(), "segment-export-templates-"));
  try {
    const templates = stageNameSchema.options.flatMap((stage) =>
      createApp({ stage, outdir: path.join(folder, stage), bundling: false, checks: true })
        .synth()
        .stacks.map((stack) => stack.templateFullPath),
    );
    const { status } = spawnSync(
      "cfn-lint",
      ["--ignore-checks", ...Object.keys(leftOut), "--template", ...templates],
      { stdio: "inherit" },
    );
    const names = templates.map((template) => path.basename(template)).join(", ");
    const exceptions = Object.entries(leftOut).map(([check, reason]) => `${check} (${reason})`);
    if (status !== 0) {
      console.error(`${tool} has findings in: ${names}`);
      return 1;
    }
    console.log(`${tool}: no findings in ${names}; left out: ${exceptions.join(", ")}`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
