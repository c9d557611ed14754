import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

// All that the synthesized template and the functions' bundles are made from. What runs them is
// not part of that.
const sources = ["functions", "infra", "shared", "package-lock.json", "cdk.json", "tsconfig.json"];
const excluded = [path.join("infra", "local"), path.join("infra", "cli")];

/** A hash of the sources' contents: equal when synthesizing again would make the same. */
export function sourceHash(projectDirectory: string): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of filesBelow(projectDirectory, source)) {
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(path.join(projectDirectory, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(projectDirectory: string, relative: string): string[] {
  if (excluded.includes(relative)) return [];
  const found = statSync(path.join(projectDirectory, relative), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [relative];
  return readdirSync(path.join(projectDirectory, relative))
    .sort((left, right) => left.localeCompare(right, "en"))
    .flatMap((name) => filesBelow(projectDirectory, path.join(relative, name)));
}
