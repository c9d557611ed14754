import { writeFile } from "node:fs/promises";
import path from "node:path";
import { cliReference } from "../cli/reference";
import { formatted } from "./formatted";

/** Writes the command line's reference anew. */
async function writeReference(): Promise<void> {
  const file = path.resolve(__dirname, "../cli/README.md");
  await writeFile(file, await formatted(file, cliReference()));
  console.log(`Wrote ${path.relative(process.cwd(), file)}.`);
}

void writeReference();
