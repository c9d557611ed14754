import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

describe("describing a segment", () => {
  it("tells a CSV file's fields by their cells, and counts members by the field that holds emails", async () => {
    await bench.put(
      "m.csv",
      "Contact,Zip,Spend,Active,Since,Notes\n" +
        "a@x.io,01234,1.5,true,2024-01-31,x\n" +
        "b@x.io,99999,-7,false,2024-02-01T10:00:00Z,\n" +
        "A@x.io,,,,,7\n",
    );
    expect(await bench.describe()).toEqual({
      name: "customers",
      files: 1,
      bytes: 1,
      warnings: [],
      source: "bucket",
      refreshedAt: "",
      fields: [
        { name: "Contact", type: "text" },
        { name: "Zip", type: "text" },
        { name: "Spend", type: "number" },
        { name: "Active", type: "boolean" },
        { name: "Since", type: "date" },
        { name: "Notes", type: "text" },
      ],
      rows: 3,
      suggestedEmailField: "Contact",
      emailField: "Contact",
      suggestedMapping: { email: "Contact", location: { zip: "Zip" } },
      members: 2,
    });
  });

  it("unites the fields of files in several formats", async () => {
    await bench.put("1.csv", "id,email\n1,a@x.io\n");
    await bench.put("2.ndjson", '{"id":"x","email":"b@x.io","tags":["t"],"home":{"city":"c"}}\n');
    await bench.put("3.json", '[{"email":"b@x.io"},{"email":null}]');
    await bench.put("4.csv", "");
    expect(await bench.describe()).toMatchObject({
      fields: [
        { name: "id", type: "text" },
        { name: "email", type: "text" },
        { name: "tags", type: "list" },
        { name: "home", type: "object" },
      ],
      rows: 4,
      emailField: "email",
      members: 2,
    });
  });

  it("prefers the field whose name says email when several hold addresses", async () => {
    await bench.put("m.csv", "Owner,Work,E-Mail\no@x.io,w@x.io,a@x.io\no@x.io,w@x.io,b@x.io\n");
    expect(await bench.describe()).toMatchObject({ suggestedEmailField: "E-Mail", members: 2 });
  });

  it("counts by the caller's field, and says when it is not there", async () => {
    await bench.put("m.csv", "Owner,Email\no@x.io,a@x.io\no@x.io,b@x.io\n");
    expect(await bench.describe("Owner")).toMatchObject({
      suggestedEmailField: "Email",
      emailField: "Owner",
      suggestedMapping: { email: "Owner" },
      members: 1,
    });
    await expect(bench.describe("Mail")).rejects.toMatchObject({
      problem: { code: "fieldMissing" },
    });
  });

  it("counts rows, but no members, when no field holds addresses", async () => {
    await bench.put("m.csv", "Id,Name\n1,x\n2,y\n");
    const described = await bench.describe();
    expect(described).toMatchObject({ rows: 2 });
    expect(described.suggestedEmailField).toBeUndefined();
    expect(described).not.toHaveProperty("members");
    expect(described.suggestedMapping).toBeUndefined();
    expect(await bench.leftovers()).toEqual([]);
  });
});
