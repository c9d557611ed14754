import { writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import { cliReference } from "../cli/reference";

/** Writes the command line's reference anew. */
async function writeReference(): Promise<void> {
  const file = path.resolve(__dirname, "../cli/README.md");
  await writeFile(file, await format(cliReference(), { parser: "markdown" }));
  console.log(`Wrote ${path.relative(process.cwd(), file)}.`);
}

void writeReference();
