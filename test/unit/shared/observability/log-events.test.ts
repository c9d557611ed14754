import { describe, expect, it } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { logEvents } from "../../../../shared/observability/log-events";

const root = path.resolve(__dirname, "../../../..");

/** Every event that the sources log, by the name in the call. */
function loggedEvents(): string[] {
  return ["shared", "functions"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const source = readFileSync(path.join(root, folder, name), "utf8");
        return [...source.matchAll(/\blog\??\.(?:info|warn|error)\(\s*"(\w+)"/g)].map(
          ([, event]) => event ?? "",
        );
      }),
  );
}

describe("the catalogue of log events", () => {
  it("holds every event that is logged, and none that is not", () => {
    expect([...new Set(loggedEvents())].sort()).toEqual(Object.keys(logEvents).sort());
  });
});
