import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describeApi } from "../../../infra/api-description/openapi-document";
import { apiRoutes } from "../../../shared/config/api-routes";
import { contractedRoutes } from "../../../shared/contract/contract";
import {
  problemAnswerSchema,
  problemStatuses,
} from "../../../shared/contract/answers/problem-answer";
import { problemsOf } from "../../../shared/contract/route-contract";

const root = path.resolve(__dirname, "../../..");
const committed = (file: string): string => readFileSync(path.join(root, file), "utf8");
const contracts = contractedRoutes().map(({ key, contract }) => [key, contract] as const);

describe("the API's description", () => {
  it("has the routes of the code, and no others", () => {
    const inCode = apiRoutes.map(({ method, path }) => `${method} ${path}`).sort();
    const inDocument = Object.entries(describeApi().paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(inDocument.sort()).toEqual(inCode);
  });

  it("is committed as it is now: else run `npm run openapi`", () => {
    const document: unknown = JSON.parse(committed("functions/api/description/openapi.json"));

    // As text, so that the order counts too.
    expect(JSON.stringify(document)).toBe(JSON.stringify(describeApi()));
  });

  it("is valid, and a linter has no complaint", () => {
    const found = execFileSync(
      process.execPath,
      [
        path.join(root, "test/infra/documents/lint-openapi.mjs"),
        "functions/api/description/openapi.json",
      ],
      { encoding: "utf8", cwd: root },
    );
    expect(JSON.parse(found)).toEqual([]);
  });

  it.each(contracts)("has true examples: %s", (_route, { answer, body, bodyExample }) => {
    const parsed = answer.schema.safeParse(answer.example);
    expect(parsed.error).toBeUndefined();
    // Nothing in the example that no answer has.
    expect(parsed.data).toEqual(answer.example);
    if (bodyExample !== undefined) {
      expect(body.safeParse(bodyExample).error).toBeUndefined();
    }
  });

  it("has an example for every body and every answer with a body", () => {
    for (const [route, { answer, body, bodyExample }] of contracts) {
      const missing = [
        answer.schema.type !== "void" && answer.example === undefined,
        body.type !== "undefined" && bodyExample === undefined,
      ];
      expect([route, ...missing]).toEqual([route, false, false]);
    }
  });

  it("has every code that a request can be refused with, each with its status and an example", () => {
    const document = JSON.parse(JSON.stringify(describeApi()));
    const described = new Set(
      contractedRoutes()
        .flatMap(({ route, contract }) => problemsOf(route, contract))
        .map(({ code }) => code),
    );
    // A route that does not exist has no description.
    const refusing = Object.keys(problemStatuses).filter((code) => code !== "routeNotFound");
    expect([...described].sort()).toEqual(refusing.sort());
    for (const code of described) {
      const example = document.components.examples[code]?.value;
      expect(problemAnswerSchema.parse(example)).toEqual(example);
      expect(JSON.stringify(example)).not.toMatch(/[{]\w+[}]|…/);
    }
  });
});
