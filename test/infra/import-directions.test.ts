import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { access, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as z from "zod";

/** A file and what it imports. */
interface Snippet {
  readonly file: string;
  readonly source: string;
  /** How the import is written. @default as an export of all */
  readonly code?: (source: string) => string;
}

const root = path.resolve(__dirname, "../..");
const importsSchema = z.object({
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) }),
    ),
  }),
});
const lintSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "snippets-"));
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a checker says of the folder; that it ends with an error is its way to say that it found something. */
function check(tool: string, ...options: readonly string[]): unknown {
  const { stdout } = spawnSync(path.join(root, "node_modules/.bin", tool), options, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

async function write(file: string, code: string): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, code);
}

const importing = (file: string, source: string): Snippet => ({ file, source });

const domain = "shared/domain/snippet.ts";
const useCase = "shared/use-cases/snippet.ts";
const adapter = "shared/adapters/aws/snippet.ts";
const apiFunction = "functions/api/runs/snippet.ts";
const definition = "functions/api/runs/definition.ts";
const wiring = "functions/api/runs/wiring.ts";
const parts = "functions/wiring/parts.ts";
const stack = "infra/stacks/snippet.ts";
const local = "infra/local/snippet.ts";

const forbidden: Snippet[] = [
  importing(domain, "../ports"),
  importing(domain, "../use-cases/runs/start/start-run"),
  importing(domain, "../adapters/system-clock"),
  importing(domain, "../config/needs"),
  importing(domain, "axios"),
  importing(domain, "@middy/core"),
  importing("shared/ports.ts", "./use-cases/runs/start/start-run"),
  importing(useCase, "../adapters/aws/dynamodb/runs/run-store"),
  importing(useCase, "../../functions/wiring/parts"),
  importing(useCase, "../config/needs"),
  importing(useCase, "../../functions/api/runs/handler"),
  importing(useCase, "../../infra/app"),
  importing(useCase, "@aws-sdk/client-s3"),
  importing(useCase, "@duckdb/node-api"),
  importing(adapter, "../../use-cases/runs/start/start-run"),
  importing(adapter, "../../../functions/wiring/parts"),
  importing(adapter, "../../../functions/api/runs/handler"),
  importing(adapter, "../../../infra/app"),
  importing("shared/config/snippet.ts", "../../infra/app"),
  importing("shared/config/snippet.ts", "../../functions/definitions"),
  importing(wiring, "./handler"),
  importing(parts, "../../infra/app"),
  importing(parts, "axios"),
  importing(definition, "./handler"),
  importing(definition, "./wiring"),
  importing(definition, "../../../shared/use-cases/runs/start/start-run"),
  importing(definition, "@aws-sdk/client-s3"),
  importing(apiFunction, "../../../shared/adapters/aws/dynamodb/runs/run-store"),
  importing(apiFunction, "../../../infra/app"),
  importing(apiFunction, "@aws-sdk/client-dynamodb"),
  importing(stack, "../../functions/api/runs/handler"),
  importing(stack, "../../functions/api/runs/wiring"),
  importing(stack, "../../functions/wiring/parts"),
  importing(stack, "../../shared/use-cases/runs/start/start-run"),
  importing(stack, "../../shared/adapters/aws/dynamodb/runs/run-store"),
  importing(local, "../../functions/api/runs/handler"),
  importing(local, "../../functions/wiring/parts"),
  importing(stack, "../../test/infra/stack/synthesized"),
  // However it is written
  {
    file: "shared/use-cases/type.ts",
    source: "@aws-sdk/client-s3",
    code: (source) => `import type { S3Client } from "${source}"; export type A = S3Client;`,
  },
  {
    file: "shared/use-cases/type-of-all.ts",
    source: "../adapters/aws/dynamodb/runs/run-store",
    code: (source) => `import type * as a from "${source}"; export type A = typeof a;`,
  },
  {
    file: "shared/use-cases/later.ts",
    source: "../adapters/aws/dynamodb/runs/run-store",
    code: (source) => `export const a = import("${source}");`,
  },
  {
    file: "shared/use-cases/required.ts",
    source: "../adapters/aws/dynamodb/runs/run-store",
    code: (source) => `export const a: unknown = require("${source}");`,
  },
];

const permitted: Snippet[] = [
  importing(domain, "./runs/run"),
  importing(domain, "zod"),
  importing("shared/ports.ts", "./domain/runs/run"),
  importing(useCase, "../domain/runs/run"),
  importing(useCase, "../ports"),
  importing(useCase, "./runs/start/start-run"),
  importing(adapter, "../../ports"),
  importing(adapter, "../../domain/runs/run"),
  importing(adapter, "@aws-sdk/client-s3"),
  importing(definition, "../../../shared/config/function-definition"),
  importing("functions/definitions.ts", "./api/runs/definition"),
  importing(parts, "../../shared/adapters/aws/dynamodb/runs/run-store"),
  importing(wiring, "../../wiring/parts"),
  importing(wiring, "./definition"),
  importing(apiFunction, "../../../shared/use-cases/runs/start/start-run"),
  importing(apiFunction, "./wiring"),
  importing(apiFunction, "../../middleware/api"),
  importing(apiFunction, "@middy/core"),
  importing(stack, "../../shared/config/needs"),
  importing(stack, "../../functions/definitions"),
  importing(stack, "../../functions/api/runs/definition"),
  importing(stack, "../constructs/tables"),
  importing(stack, "../../shared/adapters/croner-calendar"),
  importing(stack, "../../shared/adapters/international-numbers"),
  importing(stack, "../../shared/adapters/phone-numbers"),
  importing(local, "@aws-sdk/client-s3"),
  importing("test/unit/snippet.test.ts", "../../shared/use-cases/runs/start/start-run"),
];

test("lint reports every import against the direction of the layers, and no other", async () => {
  const snippets = [...forbidden, ...permitted];
  const isFile = (source: string): boolean => source.startsWith(".");
  const imported = ({ file, source }: Snippet): string =>
    isFile(source) ? path.join(path.dirname(file), `${source}.ts`) : source;
  const codes = Map.groupBy(snippets, ({ file }) => file);
  for (const target of snippets.filter(({ source }) => isFile(source)).map(imported)) {
    // Each snippet imports what there is.
    await access(path.join(root, target));
    await write(target, "export {};\n");
  }
  for (const [file, ofFile] of codes) {
    const lines = ofFile.map(
      ({ source, code = (name) => `export * from "${name}";` }) => `${code(source)}\n`,
    );
    await write(file, lines.join(""));
  }
  await copyFile(path.join(root, "tsconfig.json"), path.join(folder, "tsconfig.json"));

  const { summary } = importsSchema.parse(
    check(
      "depcruise",
      "--config",
      path.join(root, ".dependency-cruiser.mjs"),
      "--preserve-symlinks",
      "--output-type",
      "json",
      ...["functions", "infra", "shared", "test"],
    ),
  );
  const ofDirection = summary.violations.filter(({ rule }) => !rule.name.includes("circle"));
  const isReported = (snippet: Snippet): boolean =>
    ofDirection.some(
      ({ from, to }) =>
        from === snippet.file &&
        (isFile(snippet.source)
          ? to === imported(snippet)
          : to.startsWith(`node_modules/${snippet.source}/`)),
    );
  expect(snippets.filter(isReported)).toEqual(forbidden);
});

test("lint reports type assertions in the source, but not `as const`, and not in tests", async () => {
  const assertion = "export const a = {} as { b: string };\n";
  await copyFile(path.join(root, ".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
  await write("shared/asserted.ts", assertion);
  await write("shared/constant.ts", 'export const a = ["b"] as const;\n');
  await write("test/asserted.test.ts", assertion);

  const { diagnostics } = lintSchema.parse(check("oxlint", "--format", "json", "shared", "test"));
  expect(diagnostics.map(({ code, filename }) => [filename, code])).toEqual([
    ["shared/asserted.ts", "typescript(consistent-type-assertions)"],
  ]);
});
