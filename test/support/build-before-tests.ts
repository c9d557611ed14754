import { buildConsoleWhenStale } from "../../infra/console-bundle";
import { synthesizedAssembly } from "../../infra/local/template/synthesize";

/** Tests that need nothing built, or build it themselves in a directory of their own. */
const needNothing = ["test/unit", "test/integration/duckdb", "test/integration/stores"];

/**
 * Builds what several tests start from, the console and the functions, once before all of them: they run side by side,
 * and each would build it anew.
 */
export default async function buildBeforeTests({
  testPathPatterns: { patterns },
}: {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}): Promise<void> {
  const areAllWithout = patterns.every((pattern) =>
    needNothing.some((folder) => pattern.startsWith(folder)),
  );
  if (patterns.length > 0 && areAllWithout) return;
  const assembly = synthesizedAssembly();
  buildConsoleWhenStale();
  await assembly;
}
