import { expect, it } from "@jest/globals";
import { keepListName } from "../../../../../shared/use-cases/lists/keep-list-name";

/** The names that are written of an export's list LiSt01 when Klaviyo tells of this list. */
async function written(listName: string | undefined, id: string, name: string): Promise<string[]> {
  const names: string[] = [];
  const noteListName = async (_exportId: string, list: { readonly name: string }) => {
    names.push(list.name);
  };
  const stored = { exportId: "export-1", listId: "LiSt01", listName };
  await keepListName({ exports: { noteListName } }, stored, { id, name });
  return names;
}

it.each([
  ["a name that was not known", undefined, "LiSt01", ["Summer"]],
  ["a list that was renamed", "Winter", "LiSt01", ["Summer"]],
  ["the name that is kept", "Summer", "LiSt01", []],
  ["another list than the export's", "Winter", "LiSt02", []],
])("of %s, writes what is new and no more", async (_what, before, id, names) => {
  expect(await written(before, id, "Summer")).toEqual(names);
});
