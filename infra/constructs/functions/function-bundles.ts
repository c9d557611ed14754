import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AssetHashType, SymlinkFollowMode } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { functionNames, type FunctionName } from "../../../functions/definitions";
import type { FunctionDefinition } from "../../../shared/config/function-definition";
import { findDuckdbPackages, linkDuckdbPackages, type RuntimeTarget } from "./duckdb-package";
import { definitionOf } from "./every-function";

/** The project's root. */
const PROJECT_ROOT = path.resolve(__dirname, "../../..");

/** A function's `index.js` and its source map. */
type FunctionBundle = readonly { readonly name: string; readonly contents: Uint8Array }[];

/** Bundles all functions in one pass, so that what they share is parsed once. */
function bundleFunctions(root: string = PROJECT_ROOT): Map<FunctionName, FunctionBundle> {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({
      in: entryOf(definitionOf(name)),
      out: `${name}/index`,
    })),
    // Nothing is written there; paths in the source maps are relative to it.
    outdir: "cdk.out/bundles",
    write: false,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    // ES modules first: what is not used of the AWS SDK can be left out of them.
    mainFields: ["module", "main"],
    // Names stay, so that stack traces can be read without the map.
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: "linked",
    sourcesContent: false,
    external: ["@duckdb/*"],
    // What is written as an ES module may ask where it lies: Azure's client does as it is loaded.
    define: { "import.meta.url": "addressOfBundle" },
    banner: {
      js: 'const addressOfBundle = require("node:url").pathToFileURL(__filename).href;',
    },
    legalComments: "none",
    logLevel: "error",
  });
  return new Map(
    functionNames.map((name): [FunctionName, FunctionBundle] => {
      const folder = path.resolve(root, "cdk.out/bundles", name) + path.sep;
      const files = outputFiles.filter((file) => file.path.startsWith(folder));
      return [
        name,
        files.map((file) => ({ name: path.basename(file.path), contents: file.contents })),
      ];
    }),
  );
}

/** The file that exports `handler`, from the project's root. */
function entryOf({ kind, label }: FunctionDefinition): string {
  return `functions/${kind === "api" ? `api/${label.replace(/-api$/, "")}` : `jobs/${label}`}/handler.ts`;
}

/**
 * The functions' code as Lambda assets, made in `bundles/` of the cloud assembly. Bundling waits until
 * the first function asks, and is left out when the stack is synthesized without it.
 */
export class FunctionBundles {
  readonly #target: RuntimeTarget;
  readonly #folder: string | undefined;
  #bundles: Map<FunctionName, FunctionBundle> | undefined;

  /** `assembly` is the cloud assembly's folder; undefined leaves out bundling. */
  constructor(target: RuntimeTarget, assembly: string | undefined) {
    this.#target = target;
    this.#folder = assembly === undefined ? undefined : path.join(assembly, "bundles");
  }

  code(name: FunctionName): Code {
    if (this.#folder === undefined) {
      return Code.fromAsset(path.join(PROJECT_ROOT, "infra/constructs"), {
        assetHashType: AssetHashType.CUSTOM,
        assetHash: "without bundle",
      });
    }
    this.#bundles ??= bundleFunctions();
    const folder = path.join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    const hash = createHash("sha256");
    for (const file of this.#bundles.get(name) ?? []) {
      writeFileSync(path.join(folder, file.name), file.contents);
      hash.update(file.name).update(file.contents);
    }
    if (definitionOf(name).duckdb === true) {
      const duckdb = findDuckdbPackages(PROJECT_ROOT, this.#target);
      linkDuckdbPackages(PROJECT_ROOT, duckdb, folder);
      hash.update(duckdb.version);
    }
    return Code.fromAsset(folder, {
      // Hashing what lies there would read DuckDB's 70 MB for each function.
      assetHashType: AssetHashType.CUSTOM,
      assetHash: hash.digest("hex"),
      // The library copies what the links point to into the asset.
      followSymlinks: SymlinkFollowMode.ALWAYS,
    });
  }
}
