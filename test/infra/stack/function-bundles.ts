import { beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findDuckdbPackages } from "../../../infra/constructs/functions/duckdb-package";
import { functionNames, type FunctionName } from "../../../functions/definitions";
import { definitionOf, readersOfSources } from "../../../infra/constructs/functions/every-function";
import { synthesizedAssembly } from "../../../infra/local/template/synthesize";

/** Lambda loads bundles at every cold start; more than this means that something large crept in. */
const MAX_BUNDLE_BYTES = 2_500_000;

/** The model that tells encodings apart (1.2 MB), which readers of files load when a file is not UTF-8. */
const ENCODINGS_BYTES = 1_250_000;
const readers: readonly FunctionName[] = ["prepareRun", "segmentsApi", "explanationsApi"];

/** Azure's client of its storage, loaded when a source lies there, and AWS's of what proves to Azure who asks. */
const AZURE_BYTES = 700_000;

describe("the assembly of stage local", () => {
  let outdir: string;
  beforeAll(async () => {
    outdir = await synthesizedAssembly();
  });

  const bundle = (name: FunctionName): string => path.join(outdir, "bundles", name, "index.js");

  test.each(functionNames)("bundles %s, small enough for a quick start", (name) => {
    expect(existsSync(`${bundle(name)}.map`)).toBe(true);
    expect(statSync(bundle(name)).size).toBeLessThan(
      MAX_BUNDLE_BYTES +
        (readers.includes(name) ? ENCODINGS_BYTES : 0) +
        (readersOfSources().includes(name) ? AZURE_BYTES : 0),
    );
  });

  test.each(functionNames)("lets %s load DuckDB only if its definition says so", (name) => {
    const loads = readFileSync(bundle(name), "utf8").includes('("@duckdb/node-api")');
    expect(loads).toBe(definitionOf(name).duckdb === true);
  });

  test.each(functionNames)("has %s know numbering plans only if it reads phone numbers", (name) => {
    const knows = readFileSync(bundle(name), "utf8").includes("country_calling_codes");
    // A segment's description says by which country's code its numbers are read.
    expect(knows).toBe(readers.includes(name));
  });

  test("puts DuckDB beside those that load it, and beside no other", () => {
    const assets = readdirSync(outdir).filter((name) => name.startsWith("asset."));
    expect(assets).toHaveLength(functionNames.length);
    const withDuckdb = assets.filter((asset) =>
      existsSync(path.join(outdir, asset, "node_modules/@duckdb/node-api/package.json")),
    );
    expect(withDuckdb).toHaveLength(
      functionNames.filter((name) => definitionOf(name).duckdb === true).length,
    );
  });

  test("loads every function and finds its handler, without an environment", () => {
    // In a process of its own: Jest would transform the bundles.
    const script = `
      const { join } = require("node:path");
      const [, folder, ...names] = process.argv;
      const types = names.map((name) => [name, typeof require(join(folder, name, "index.js")).handler]);
      process.stdout.write(JSON.stringify(Object.fromEntries(types)));`;
    const output = execFileSync(
      process.execPath,
      ["-e", script, path.join(outdir, "bundles"), ...functionNames],
      { encoding: "utf8", env: {} },
    );
    expect(JSON.parse(output)).toEqual(
      Object.fromEntries(functionNames.map((name) => [name, "function"])),
    );
  });
});

describe("findDuckdbPackages", () => {
  test("says what to install when Lambda's binding is not there", () => {
    const root = mkdtempSync(path.join(tmpdir(), "segment-export-test-"));
    try {
      const api = path.join(root, "node_modules/@duckdb/node-api");
      mkdirSync(api, { recursive: true });
      writeFileSync(path.join(api, "package.json"), '{"version":"1.2.3"}');
      expect(() => findDuckdbPackages(root, "lambda")).toThrow(
        "npm install --no-save --os=linux --cpu=x64 --libc=glibc @duckdb/node-bindings-linux-x64@1.2.3",
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
