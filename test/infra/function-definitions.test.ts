import { describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { functionNames } from "../../functions/definitions";
import { definitionOf, workerOn } from "../../infra/constructs/functions/every-function";
import { environmentSchema, needName, queueNames } from "../../shared/config/function-definition";

const root = path.resolve(__dirname, "../..");
const definitions = functionNames.map((name) => ({ name, definition: definitionOf(name) }));
const inCamelCase = (label: string): string =>
  label.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

test("every folder with a handler is a function of the index", () => {
  const folders = (parent: string): string[] =>
    readdirSync(path.join(root, "functions", parent)).filter((folder) =>
      existsSync(path.join(root, "functions", parent, folder, "handler.ts")),
    );
  const labels = [...folders("api").map((folder) => `${folder}-api`), ...folders("jobs")];
  expect(labels.sort()).toEqual(definitions.map(({ definition }) => definition.label).sort());
});

describe.each(definitions)("the definition of $name", ({ name, definition }) => {
  test("is called as its label says", () => {
    expect(inCamelCase(definition.label)).toBe(name);
  });

  test("names each need once", () => {
    const needs = definition.needs.map(needName);
    expect(needs).toEqual([...new Set(needs)]);
  });

  test("says why where its rights are not the usual ones", () => {
    const special = definition.needs.filter((needed) => typeof needed !== "string");
    for (const { because } of special) {
      expect(because).toMatch(/^[A-Z].+\.$/);
    }
  });

  test("gives it the addresses of those queues alone that it may send to", () => {
    const variables = Object.keys(environmentSchema(definition).shape);
    const urls = (definition.sends?.to ?? []).map((name) => `${name.toUpperCase()}_QUEUE_URL`);
    expect(variables.filter((name) => name.endsWith("_QUEUE_URL")).sort()).toEqual(urls.sort());
  });
});

test.each([...queueNames, "everyMinute" as const])("one function works on %s", (queue) => {
  expect(functionNames).toContain(workerOn(queue));
});
