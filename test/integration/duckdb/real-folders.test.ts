import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { createWorkbench, type Workbench } from "./workbench";
import { parquetOf } from "./reading/parquet-of";
import type { SegmentSettings } from "../../../shared/domain/segments/segment-settings";

/** Folders as writers leave them: each is read rightly, or refused by name. */
let bench: Workbench;
let settings: SegmentSettings = { version: 1 };
beforeAll(async () => {
  bench = await createWorkbench({ settings: () => settings });
});
afterEach(async () => {
  settings = { version: 1 };
  await bench.clear();
});
afterAll(() => bench.remove());

const CSV = "email,name\na@x.io,Ann\n";

async function members(field = "email"): Promise<readonly string[]> {
  const { members: found } = await bench.prepare({ field });
  return found.map(({ email }) => email).toSorted();
}

async function refused(
  field = "email",
): Promise<{ code: string; params: Record<string, unknown> }> {
  const failure: unknown = await bench.prepare({ field }).then(
    () => new Error("it was read"),
    (error: unknown) => error,
  );
  return (failure as { problem: { code: string; params: Record<string, unknown> } }).problem;
}

async function put(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await bench.put(`customers/${name}`, content);
  }
}

describe("Customer Insights", () => {
  test("of two runs none is read, and a run alone is", async () => {
    await put({ "2026/11/24/0130/Vip_1.csv": CSV, "2026/11/25/0130/Vip_1.csv": CSV });
    expect(await refused()).toMatchObject({
      code: "severalRuns",
      params: { runs: 2, first: "2026/11/25/0130", second: "2026/11/24/0130" },
    });
    await bench.clear();
    await put({
      "2026/11/25/0130/Vip_1.csv": CSV,
      "2026/11/25/0130/Vip_2.csv": "email,name\nb@x.io,B\n",
    });
    expect(await members()).toEqual(["a@x.io", "b@x.io"]);
  });

  test("a manifest chooses one of two runs", async () => {
    settings = { version: 2, marker: { kind: "manifest", name: "newest.txt" } };
    await put({
      "2026/11/24/0130/Vip_1.csv": "email\nold@x.io\n",
      "2026/11/25/0130/Vip_1.csv": CSV,
    });
    await put({ "newest.txt": "2026/11/25/0130/Vip_1.csv\n" });
    expect(await members()).toEqual(["a@x.io"]);
  });

  test("model.json beside the files is no data", async () => {
    await put({ "model.json": '{"name":"Vip","entities":[]}', "Vip_1.csv": CSV });
    expect(await members()).toEqual(["a@x.io"]);
  });

  test("files without a header are refused, and read once their columns are named", async () => {
    await put({ "Vip_1.csv": '"c1","a@x.io","Ann"\n"c2","b@x.io","Ben"\n' });
    expect(await refused()).toMatchObject({ code: "headerMissing" });
    settings = { version: 2, columns: ["id", "email", "name"] };
    expect(await members()).toEqual(["a@x.io", "b@x.io"]);
  });
});

describe("lake tables", () => {
  test.each([
    ["Delta Lake", "_delta_log/00000000000000000000.json"],
    ["Apache Hudi", ".hoodie/hoodie.properties"],
    ["Apache Iceberg", "metadata/v1.metadata.json"],
  ])("%s is refused by name", async (format, name) => {
    await put({ [name]: "{}", "part-0.csv": CSV });
    expect(await refused()).toMatchObject({ code: "lakeTable", params: { format } });
  });
});

describe("Spark, Glue and EMR", () => {
  test("markers and checksums are no data", async () => {
    await put({ _SUCCESS: "", "part-0.csv": CSV, ".part-0.csv.crc": "crc" });
    expect(await members()).toEqual(["a@x.io"]);
  });

  test("a job that is still writing is waited for", async () => {
    await put({ "part-0.csv": CSV, "_temporary/0/part-1.csv": "email\nhalf" });
    expect(await refused()).toMatchObject({ code: "segmentUnfinished" });
  });

  test("without the marker that is asked for a half-written folder is not whole", async () => {
    settings = { version: 2, marker: { kind: "success" } };
    await put({ "part-0.csv": CSV });
    expect(await refused()).toMatchObject({ code: "segmentUnfinished" });
  });

  test.each(["zstd", "brotli"])(
    "Parquet packed with %s, and with further columns in some files, is read",
    async (codec) => {
      const packed = `, COMPRESSION ${codec}`;
      await put({
        "part-0.parquet": await parquetOf("SELECT 'a@x.io' AS email", packed),
        "part-1.parquet": await parquetOf("SELECT 1 AS points, 'b@x.io' AS email", packed),
      });
      expect(await members()).toEqual(["a@x.io", "b@x.io"]);
    },
  );
});

describe("Athena and Redshift", () => {
  test("metadata and manifests are no data", async () => {
    await put({
      "0f8fad5b-d9cb-469f-a165-70867728950e.csv": CSV,
      "0f8fad5b-d9cb-469f-a165-70867728950e.csv.metadata": "\u0008\u0001",
      "0f8fad5b-d9cb-469f-a165-70867728950e-manifest.csv": "s3://bucket/x.csv\n",
      manifest: '{"entries":[]}',
    });
    expect(await members()).toEqual(["a@x.io"]);
  });

  test("text files parted by ^A, with \\N for nothing, are read once their columns are named", async () => {
    await put({ "000000_0": "a@x.io\u0001Ann\u0001\\N\nb@x.io\u0001\\N\u0001Rome\n" });
    settings = { version: 2, columns: ["email", "name", "city"] };
    const mapping = { email: "email", first_name: "name", location: { city: "city" } };
    const { chunks } = await bench.prepare({ mapping });
    expect(await bench.profiles(chunks)).toMatchObject([
      { attributes: { email: "a@x.io", first_name: "Ann" } },
      { attributes: { email: "b@x.io", location: { city: "Rome" } } },
    ]);
    const [first] = await bench.profiles(chunks);
    expect(JSON.stringify(first)).not.toContain('N"');
  });
});

test("a file with a header and no rows fails nothing", async () => {
  await put({ "part-0.csv": CSV, "part-1.csv": "email,name\n", "part-2.csv": "" });
  expect(await members()).toEqual(["a@x.io"]);
});

test("an unreadable file fails the segment, and is named", async () => {
  await put({ "part-0.csv": CSV, "part-1.csv.gz": Buffer.from("1f8b08000000", "hex") });
  expect(await refused()).toMatchObject({
    code: "segmentUnreadable",
    params: { file: "part-1.csv.gz" },
  });
});
