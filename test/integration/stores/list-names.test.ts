import { describe, expect, it } from "@jest/globals";
import { createExportStore } from "../../../shared/adapters/aws/dynamodb/export-store";
import type { ExportStore } from "../../../shared/ports";
import { anExport } from "../../support/builders";
import { fakeExportStore } from "../../support/fakes/stores/export-store";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<ExportStore>][] = [
  ["fake", async () => fakeExportStore()],
  [
    "DynamoDB",
    async () => createExportStore(dynamoDb.client(), await dynamoDb.makeTable("exports")),
  ],
];

describe.each(backends)("what an export's list is called, kept on %s", (_name, make) => {
  it("changes nothing else, the version included", async () => {
    const store = await make();
    await store.create(anExport());

    await store.noteListName("export-1", { id: "LiSt01", name: "Summer" });

    expect(await store.get("export-1")).toEqual({ ...anExport(), listName: "Summer" });
  });

  it("is left as it is when the export has another list by now, or is gone", async () => {
    const store = await make();
    await store.create(anExport({ listId: "LiSt02", listName: "Other" }));

    await store.noteListName("export-1", { id: "LiSt01", name: "Summer" });
    await store.noteListName("export-9", { id: "LiSt01", name: "Summer" });

    expect((await store.get("export-1"))?.listName).toBe("Other");
    expect(await store.get("export-9")).toBeUndefined();
  });
});
