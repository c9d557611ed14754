import { writeFileSync } from "node:fs";
import path from "node:path";
import { documentText, problemsText } from "../api-description/generated-files";

/** Writes the API's description and the table of its errors anew; a test fails while they are not current. */
async function main(): Promise<void> {
  const root = path.resolve(__dirname, "../..");
  for (const [file, contents] of [
    ["functions/api/description/openapi.json", await documentText()],
    ["functions/README.md", await problemsText()],
  ] as const) {
    writeFileSync(path.join(root, file), contents);
    console.log(file);
  }
}

void main();
