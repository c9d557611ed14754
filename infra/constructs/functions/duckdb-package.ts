import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

/** Where the binding is to run: on this machine, or in Lambda. */
export type RuntimeTarget = "host" | "lambda";

const LAMBDA_BINDING = "@duckdb/node-bindings-linux-x64";

/** DuckDB's packages as they are installed, for one target. */
export interface DuckdbPackages {
  /** Package names; each is needed whole. */
  readonly packages: readonly string[];
  /** Changes when the code does. */
  readonly version: string;
}

/** Finds the installed packages. Throws what to install when the target's binding is not there. */
export function findDuckdbPackages(root: string, target: RuntimeTarget): DuckdbPackages {
  const isInstalled = (name: string): boolean => existsSync(path.join(root, "node_modules", name));
  const { version } = z
    .object({ version: z.string() })
    .parse(
      JSON.parse(
        readFileSync(path.join(root, "node_modules/@duckdb/node-api/package.json"), "utf8"),
      ),
    );
  // npm installs the one of the two whose C library is the machine's.
  const host = `@duckdb/node-bindings-${process.platform}-${process.arch}`;
  const candidates = target === "lambda" ? [LAMBDA_BINDING] : [host, `${host}-musl`];
  const binding = candidates.find(isInstalled);
  if (binding === undefined) {
    const wanted = target === "lambda" ? LAMBDA_BINDING : host;
    const platform = target === "lambda" ? " --os=linux --cpu=x64 --libc=glibc" : "";
    throw new Error(
      `DuckDB's binding ${wanted} is not installed, and functions that read segments need it. ` +
        `Install it with: npm install --no-save${platform} ${wanted}@${version}`,
    );
  }
  return {
    packages: [
      "@duckdb/node-api",
      "@duckdb/node-bindings",
      binding,
      // Tells the binding which C library there is.
      ...["detect-libc"].filter(isInstalled),
    ],
    version: `${binding}@${version}`,
  };
}

/** Links DuckDB's packages into `node_modules` below a folder, in place of what was there. */
export function linkDuckdbPackages(root: string, found: DuckdbPackages, folder: string): void {
  for (const name of found.packages) {
    const link = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    rmSync(link, { force: true, recursive: true });
    // On Windows only junctions need no special rights; elsewhere the type is ignored.
    symlinkSync(path.join(root, "node_modules", name), link, "junction");
  }
}
