import { buildConsoleWhenStale } from "../../../infra/console-bundle";

/**
 * Builds the console once before all tests, since they run side by side and several of them serve it. Unit tests alone
 * need none.
 */
export default function buildConsole({
  testPathPatterns: { patterns },
}: {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
}): void {
  if (patterns.length > 0 && patterns.every((pattern) => pattern.startsWith("test/unit"))) return;
  buildConsoleWhenStale();
}
