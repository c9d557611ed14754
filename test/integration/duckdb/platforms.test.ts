import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { contactExports, languageExports } from "../../support/files/contact-exports";
import { platformExports, type PlatformExport } from "../../support/files/platform-exports";
import { createWorkbench, type Workbench } from "./workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const platforms = Object.entries({ ...platformExports, ...contactExports, ...languageExports });

function bytesOf({ header, rows, encoding = "utf8" }: PlatformExport): Buffer {
  const text = [header, ...rows].map((line) => `${line}\r\n`).join("");
  switch (encoding) {
    case "utf8-bom":
      return Buffer.from(`\uFEFF${text}`, "utf8");
    case "utf16le":
      return Buffer.from(`\uFEFF${text}`, "utf16le");
    default:
      return Buffer.from(text, encoding);
  }
}

describe("what is known of a file without a word being said", () => {
  it.each(platforms)("%s: the email, Klaviyo's fields and who agreed", async (_name, platform) => {
    await bench.put("export.csv", bytesOf(platform));

    const described = await bench.describe();

    expect(described.suggestedMapping).toEqual(platform.mapping);
    expect(described.suggestedEmailField).toBe(platform.mapping.email);
    expect(described.suggestedConsent).toEqual(platform.consent);
    expect(described.rows).toBe(platform.rows.length);
  });

  it("is what the table in docs/segments/platforms.md says (UPDATE_DOCS=1 writes it)", () => {
    const file = path.resolve(__dirname, "../../../docs/segments/platforms.md");
    const before = readFileSync(file, "utf8");
    const [text = ""] = before.split("\n| Export");
    const made = `${text}\n${platformTable()}\n`;
    if (process.env["UPDATE_DOCS"] === "1") {
      writeFileSync(file, made);
    }
    expect(squeezed(readFileSync(file, "utf8"))).toBe(squeezed(made));
  });
});

/** How wide a table's columns are drawn makes no difference. */
function squeezed(markdown: string): string {
  return markdown.replace(/ +/g, " ").replace(/-+/g, "-");
}

function platformTable(): string {
  const code = (text: string | undefined): string => (text === undefined ? "" : `\`${text}\``);
  return [
    "| Export | Email | Klaviyo's fields, and the column of each | Who agreed, or refused |",
    "| --- | --- | --- | --- |",
    ...platforms.map(([name, { what, mapping, consent }]) => {
      const { email, location = {}, ...fields } = mapping;
      const filled = Object.entries({
        ...fields,
        ...Object.fromEntries(
          Object.entries(location).map(([part, field]) => [`location.${part}`, field]),
        ),
      }).map(([field, column]) => `${field} ← ${code(column as string)}`);
      const said =
        consent === undefined ? "" : `${code(consent.field)}, a yes is ${consent.meaning}`;
      return `| ${name}, ${what} | ${code(email)} | ${filled.join(", ")} | ${said} |`;
    }),
  ].join("\n");
}
