import { writeFileSync } from "node:fs";
import path from "node:path";
import { apiTypes, documentText, problemsText } from "../api-description/generated-files";

/** Writes the API's description and the client's types anew; a test fails while they are not current. */
async function main(): Promise<void> {
  const root = path.resolve(__dirname, "../..");
  for (const [file, contents] of [
    ["functions/api/description/openapi.json", await documentText()],
    ["infra/client/api-types.ts", await apiTypes()],
    ["functions/README.md", await problemsText()],
  ] as const) {
    writeFileSync(path.join(root, file), contents);
    console.log(file);
  }
}

void main();
