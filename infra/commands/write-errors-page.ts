import { writeFile } from "node:fs/promises";
import path from "node:path";
import { errorsPage } from "./errors-page";
import { formatted } from "./formatted";

/** Writes the page of all errors anew. */
async function writeErrorsPage(): Promise<void> {
  const filepath = path.resolve(__dirname, "../../docs/errors.md");
  await writeFile(filepath, await formatted(filepath, errorsPage()));
  console.log(`Wrote ${path.relative(process.cwd(), filepath)}.`);
}

void writeErrorsPage();
