import { writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { errorsPage } from "./errors-page";

/** Writes the page of all errors anew. */
async function writeErrorsPage(): Promise<void> {
  const filepath = path.resolve(__dirname, "../../docs/errors.md");
  const options = { ...(await resolveConfig(filepath)), filepath };
  await writeFile(filepath, await format(errorsPage(), options));
  console.log(`Wrote ${path.relative(process.cwd(), filepath)}.`);
}

void writeErrorsPage();
