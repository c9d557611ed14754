import { writeFileSync } from "node:fs";
import path from "node:path";
import { describeApi } from "../api-description/openapi-document";
import { formatted } from "./formatted";

/** Writes the API's description anew; a test fails while it is not current. */
async function main(): Promise<void> {
  const file = "functions/api/description/openapi.json";
  const text = await formatted(file, JSON.stringify(describeApi()));
  writeFileSync(path.resolve(__dirname, "../..", file), text);
  console.log(file);
}

void main();
