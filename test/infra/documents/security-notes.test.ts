import { expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");
const page = readFileSync(path.join(root, "docs/security.md"), "utf8");

test("the model of threats names tests and sources that are there", () => {
  const named = [...page.matchAll(/`((?:test|shared|functions|infra)\/[\w./-]+\.ts)`/g)].map(
    ([, file]) => file ?? "",
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test("the model of threats says of each of OWASP's ten what holds it, and which test shows it", () => {
  for (let risk = 1; risk <= 10; risk += 1) {
    const [, heldBy, shownBy] =
      new RegExp(`^\\| API${String(risk)} [^|]+\\|([^|]+)\\|([^|]+)\\|$`, "m").exec(page) ?? [];
    expect(heldBy?.trim()).not.toBe("");
    expect(shownBy).toContain("`test/");
  }
});
