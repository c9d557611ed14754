import { expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import path from "node:path";

/** More than these in a folder, and nobody sees any more what is in it. */
const MOST_FILES = 15;

const root = path.resolve(__dirname, "../..");

/** The folders below one, itself included, and how many files each holds. */
function foldersOf(folder: string): { folder: string; files: number }[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return [
    { folder, files: entries.filter((entry) => entry.isFile()).length },
    ...entries
      // What is built is nobody's to read.
      .filter((entry) => entry.isDirectory() && entry.name !== "dist")
      .flatMap((entry) => foldersOf(`${folder}/${entry.name}`)),
  ];
}

test(`no folder holds more than ${MOST_FILES} files`, () => {
  const folders = ["docs", "functions", "infra", "shared", "test"].flatMap(foldersOf);
  expect(folders.length).toBeGreaterThan(50);
  expect(folders.filter(({ files }) => files > MOST_FILES)).toEqual([]);
});
