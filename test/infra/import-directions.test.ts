import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import path from "node:path";
import * as z from "zod";

interface Snippet {
  readonly file: string;
  readonly code: string;
}

const root = path.resolve(__dirname, "../..");
const resultsSchema = z.array(
  z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })),
);

function lint(snippets: readonly Snippet[]): z.infer<typeof resultsSchema> {
  const output = execFileSync(process.execPath, [path.join(__dirname, "lint-snippets.mjs")], {
    cwd: root,
    input: JSON.stringify(snippets),
    encoding: "utf8",
  });
  return resultsSchema.parse(JSON.parse(output));
}

const importing = (file: string, source: string): Snippet => ({
  file,
  code: `export * from "${source}";\n`,
});

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
    file: useCase,
    code: 'import type { S3Client } from "@aws-sdk/client-s3"; export type A = S3Client;',
  },
  {
    file: useCase,
    code: 'import type * as a from "../adapters/aws/dynamodb/runs/run-store"; export type A = typeof a;',
  },
  { file: useCase, code: 'export const a = import("../adapters/aws/dynamodb/runs/run-store");' },
  {
    file: useCase,
    code: 'export const a: unknown = require("../adapters/aws/dynamodb/runs/run-store");',
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
  importing(stack, "../../shared/adapters/phone-numbers"),
  importing(local, "@aws-sdk/client-s3"),
  importing("test/unit/snippet.test.ts", "../../shared/use-cases/runs/start/start-run"),
];

test("lint reports every import against the direction of the layers, and no other", () => {
  const results = lint([...forbidden, ...permitted]);
  const reported = [...forbidden, ...permitted].filter((_, index) =>
    results[index]?.some(({ ruleId }) => ruleId === "boundaries/dependencies"),
  );
  expect(reported).toEqual(forbidden);
});

test("lint reports type assertions in the source, but not `as const`, and not in tests", () => {
  const assertion = "export const a = {} as { b: string };\n";
  const results = lint([
    { file: useCase, code: assertion },
    { file: useCase, code: 'export const a = ["b"] as const;\n' },
    { file: "test/unit/snippet.test.ts", code: assertion },
  ]);
  expect(results.map((messages) => messages.map(({ ruleId }) => ruleId))).toEqual([
    ["@typescript-eslint/consistent-type-assertions"],
    [],
    [],
  ]);
});
