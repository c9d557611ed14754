import { writeFileSync } from "node:fs";
import path from "node:path";
import { documentText } from "../api-description/generated-files";

/** Writes the API's description anew; a test fails while it is not current. */
async function main(): Promise<void> {
  const file = "functions/api/description/openapi.json";
  writeFileSync(path.resolve(__dirname, "../..", file), await documentText());
  console.log(file);
}

void main();
