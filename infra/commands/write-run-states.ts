import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatted } from "./formatted";
import { describeRunStates } from "./run-states";

const file = path.resolve(__dirname, "../../docs/runs.md");
const begin = "<!-- Made by `npm run diagram`; a test checks that it is current. -->";
const end = "<!-- The end of what `npm run diagram` makes. -->";

/** Writes the states of a run anew into the document about runs. */
async function writeStates(): Promise<void> {
  const [before = "", rest = ""] = (await readFile(file, "utf8")).split(begin);
  const [, after = ""] = rest.split(end);
  const text = [before, begin, "\n\n", describeRunStates(), "\n\n", end, after].join("");
  await writeFile(file, await formatted(file, text));
}

void writeStates();
