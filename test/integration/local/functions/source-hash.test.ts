import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { sourceHash } from "../../../../infra/local/template/source-hash";

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), "source-hash-"));
  write("functions/api/runs/handler.ts", "one");
  write("infra/stacks/stack.ts", "one");
  write("infra/local/environment.ts", "one");
  write("package-lock.json", "{}");
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
  writeFileSync(path.join(project, file), content);
}

test.each([
  ["functions/api/runs/handler.ts", true],
  ["infra/stacks/stack.ts", true],
  ["shared/domain/new.ts", true],
  ["package-lock.json", true],
  ["infra/local/environment.ts", false],
  ["test/new.test.ts", false],
])("another %s asks for another synthesis: %s", (file, differs) => {
  const before = sourceHash(project);
  expect(sourceHash(project)).toBe(before);
  write(file, "two");
  expect(sourceHash(project) !== before).toBe(differs);
});
