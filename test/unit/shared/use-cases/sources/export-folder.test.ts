import { beforeEach, describe, expect, it } from "@jest/globals";
import { DomainError } from "../../../../../shared/domain/problems/problem";
import { MODEL_MAX_BYTES } from "../../../../../shared/domain/sources/model/model-json";
import type { ExportPlace } from "../../../../../shared/domain/sources/source";
import type { SegmentSource } from "../../../../../shared/ports";
import { createExportFolder } from "../../../../../shared/use-cases/sources/export-folder";
import { pinWhole } from "../../../../../shared/use-cases/segments/segment-files";
import { requireSameRefreshes } from "../../../../../shared/use-cases/segments/segment-files";
import {
  fakeObjectFolder,
  type FakeObjectFolder,
} from "../../../../support/fakes/stores/object-folder";
import { exportModel, WRITTEN_AT } from "../../../../support/files/export-model";

const now = new Date("2026-11-26T06:30:00Z");
const early = new Date("2026-11-25T06:02:00Z");
const written = new Date("2026-11-26T06:02:00Z");
const RUN = "HighValue/2026/11/26/0600";
const azure: ExportPlace = {
  kind: "azure",
  account: "contosodata",
  container: "exports",
  folder: "CustomerInsights_0123/Klaviyo",
};
const s3: ExportPlace = { kind: "s3", bucket: "copies", folder: "insights" };

let folder: FakeObjectFolder;

function sourceAt(place: ExportPlace): SegmentSource {
  const clock = { now: () => now };
  return createExportFolder({ sourceId: "ci", displayName: "Insights", place, folder, clock });
}

beforeEach(() => {
  folder = fakeObjectFolder(written);
});

/** What a segment's pin comes to: its files in their order, or the code of what keeps it from being read. */
async function pinned(place: ExportPlace = azure, segment = "ci:HighValue"): Promise<unknown> {
  try {
    const [refresh] = await pinWhole(sourceAt(place), [segment]);
    return {
      files: refresh?.files.map(({ name }) => name),
      completeness: refresh?.completeness,
    };
  } catch (error) {
    return error instanceof DomainError ? error.problem.code : error;
  }
}

describe.each([
  ["Azure", azure],
  ["S3", s3],
])("an export folder in %s", (_name, place) => {
  it("gives the files of the run that model.json names, in its order, proven", async () => {
    folder.put("HighValue/2026/11/25/0600/HighValue_1.csv", "old", early);
    folder.put(`${RUN}/HighValue_1.csv`, "a");
    folder.put(`${RUN}/HighValue_2.csv`, "b");
    folder.put(
      "model.json",
      exportModel([{ files: [2, 1].map((n) => `${RUN}/HighValue_${n}.csv`) }]),
    );

    expect(await pinned(place)).toEqual({
      files: [`${RUN}/HighValue_2.csv`, `${RUN}/HighValue_1.csv`],
      completeness: "proven",
    });
  });

  it("is not whole while one of the files that model.json names is not there", async () => {
    folder.put("HighValue/2026/11/25/0600/HighValue_1.csv", "old", early);
    folder.put(`${RUN}/HighValue_1.csv`, "a");
    folder.put(
      "model.json",
      exportModel([{ files: [1, 2].map((n) => `${RUN}/HighValue_${n}.csv`) }]),
    );

    expect(await pinned(place)).toBe("segmentUnfinished");
  });

  it("finds files whose names are escaped in their addresses, in whichever of Azure's two hosts", async () => {
    folder.put("Höchste Werte/2026/11/26/0600/Höchste Werte_1.csv", "a");
    const path = encodeURI("Höchste Werte/2026/11/26/0600/Höchste Werte_1.csv");
    const host = WRITTEN_AT.replace(".blob.", ".dfs.").replace("/exports", ":443/exports");
    folder.put("model.json", exportModel([{ name: "Höchste Werte", files: [`${host}/${path}`] }]));

    expect(await pinned(place, "ci:Höchste Werte")).toEqual({
      files: ["Höchste Werte/2026/11/26/0600/Höchste Werte_1.csv"],
      completeness: "proven",
    });
  });

  it("is seen to have been refreshed since by whoever pinned it, also within the same minute", async () => {
    folder.put(`${RUN}/HighValue_1.csv`, "a");
    folder.put("model.json", exportModel([{ files: [`${RUN}/HighValue_1.csv`] }]));
    const source = sourceAt(place);
    const refreshes = await pinWhole(source, ["ci:HighValue"]);
    await requireSameRefreshes(source, refreshes);

    folder.put(`${RUN}/HighValue_1.csv`, "another run of the same minute");

    await expect(requireSameRefreshes(source, refreshes)).rejects.toMatchObject({
      problem: { code: "segmentChanged" },
    });
    const [file] = refreshes[0]?.files ?? [];
    await expect(file && source.open(file)).rejects.toMatchObject({
      problem: { code: "segmentChanged" },
    });
  });
});

describe("a table of which model.json names no files", () => {
  const model = exportModel([{ name: "HighValue", format: {} }]);

  it("is its newest dated folder without a gap that has been still, and settled", async () => {
    folder.put("model.json", model);
    folder.put("HighValue/2026/11/24/0600/HighValue_1.csv", "oldest", early);
    folder.put("HighValue/2026/11/25/0600/HighValue_2.csv", "b", early);
    folder.put("HighValue/2026/11/25/0600/HighValue_1.csv", "a", early);
    folder.put("HighValue/2026/11/25/0600/HighValue_10.csv.tmp", "being copied", early);
    folder.put(`${RUN}/HighValue_1.csv`, "a");
    folder.put(`${RUN}/HighValue_3.csv`, "c");
    folder.put("HighValue/2026/11/26/0629/HighValue_1.csv", "young", now);
    folder.put("HighValue/latest/HighValue_1.csv", "no run");

    expect(await pinned()).toEqual({
      files: [1, 2].map((n) => `HighValue/2026/11/25/0600/HighValue_${n}.csv`),
      completeness: "settled",
    });
  });

  it.each([
    ["has a gap", { "HighValue_1.csv": written, "HighValue_3.csv": written }],
    ["lacks its first partition", { "HighValue_2.csv": written }],
    ["is still being written", { "HighValue_1.csv": now }],
  ])("is not whole when its only run %s", async (_why, files) => {
    folder.put("model.json", model);
    for (const [name, at] of Object.entries(files)) {
      folder.put(`${RUN}/${name}`, "a", at);
    }
    expect(await pinned()).toBe("segmentUnfinished");
  });

  it("is missing where there is no run at all", async () => {
    folder.put("model.json", model);
    expect(await pinned()).toBe("segmentMissing");
  });
});

it("takes tables under either name that Customer Insights gives them, and a byte-order mark", async () => {
  folder.put(`${RUN}/HighValue_1.csv`, "a");
  const tables = [{ files: [`${RUN}/HighValue_1.csv`] }];
  folder.put("model.json", `\uFEFF${exportModel(tables, { property: "tables" })}`);
  expect(await pinned()).toMatchObject({ completeness: "proven" });
});

it("takes a snapshot of Synapse Link for whole, and files that are written in place for no more than settled", async () => {
  folder.put("account/Snapshot/2026_1764138000.csv", "a");
  folder.put("contact/contact_1.csv", "a");
  folder.put("lead/lead_1.csv", "a", now);
  folder.put(
    "model.json",
    exportModel([
      { name: "account", files: ["account/Snapshot/2026_1764138000.csv"] },
      { name: "contact", files: ["contact/contact_1.csv"] },
      { name: "lead", files: ["lead/lead_1.csv"] },
    ]),
  );
  expect(await pinned(azure, "ci:account")).toMatchObject({ completeness: "proven" });
  expect(await pinned(azure, "ci:contact")).toMatchObject({ completeness: "settled" });
  expect(await pinned(azure, "ci:lead")).toMatchObject({ completeness: "unknown" });
});

describe("model.json that is replaced while it is read", () => {
  it("is read anew", async () => {
    folder.put(`${RUN}/HighValue_1.csv`, "a");
    folder.put("model.json", exportModel([]), early);
    folder.beforeOpening(() =>
      folder.put("model.json", exportModel([{ files: [`${RUN}/HighValue_1.csv`] }])),
    );
    expect(await pinned()).toMatchObject({ completeness: "proven" });
  });

  it("is waited for when that goes on", async () => {
    let times = 0;
    const replace = (): void => {
      times += 1;
      folder.put("model.json", exportModel([]), new Date(now.getTime() + times));
      folder.beforeOpening(replace);
    };
    replace();
    expect(await pinned()).toBe("segmentUnfinished");
  });
});

describe("from what can't be trusted nothing is read", () => {
  const file = `${RUN}/HighValue_1.csv`;
  const of = (table: Parameters<typeof exportModel>[0][number]): string =>
    exportModel([{ files: [file], ...table }]);

  it.each([
    ["no model.json", undefined, "modelMissing"],
    ["an empty one", "", "segmentUnfinished"],
    ["one that is cut off", of({}).slice(0, -20), "segmentUnfinished"],
    ["one that is too long", " ".repeat(MODEL_MAX_BYTES + 1), "modelUnreadable"],
    ["one that is no model", JSON.stringify({ hello: "world" }), "modelUnreadable"],
    ["both names for its tables", JSON.stringify({ entities: [], tables: [] }), "modelUnreadable"],
    ["a version that is not known", exportModel([], { version: "2.0" }), "modelUnreadable"],
    ["a table that is not in it", exportModel([{ name: "Other" }]), "segmentMissing"],
    ["a reference to another model", of({ $type: "ReferenceEntity" }), "modelUnreadable"],
    ["a kind of table that is not known", of({ $type: "ViewEntity" }), "modelUnreadable"],
    ["no columns", of({ attributes: [] }), "modelUnreadable"],
    [
      "columns beyond number",
      of({ attributes: Array.from({ length: 5_001 }, (_, n) => `c${n}`) }),
      "modelUnreadable",
    ],
    [
      "partitions beyond number",
      of({ files: Array.from({ length: 10_001 }, (_, n) => `${RUN}/HighValue_${n}.csv`) }),
      "modelUnreadable",
    ],
    [
      "Synapse Link's append-only mode",
      of({ attributes: ["Id", "EMail", "IsDelete"] }),
      "appendOnlyTable",
    ],
    [
      "files of two runs",
      of({ files: [file, "HighValue/2026/11/25/0600/HighValue_2.csv"] }),
      "modelUnreadable",
    ],
    ["Parquet", of({ format: { $type: "ParquetFormatSettings" } }), "modelUnreadable"],
    ["an encoding that is not known", of({ format: { encoding: "EBCDIC" } }), "modelUnreadable"],
    ["a delimiter of two characters", of({ format: { delimiter: "||" } }), "modelUnreadable"],
    ["a delimiter that is a letter", of({ format: { delimiter: "a" } }), "modelUnreadable"],
    ["a culture that is none", of({ format: { culture: "Klingon!" } }), "modelUnreadable"],
    ...[
      "https://evil.example/exports/CustomerInsights_0123/Klaviyo/x.csv",
      "https://contosodata.blob.core.windows.net.evil.example/exports/x.csv",
      "https://contosodata@evil.example/exports/x.csv",
      "https://169.254.169.254/latest/meta-data",
      "https://otheraccount.blob.core.windows.net/exports/CustomerInsights_0123/Klaviyo/x.csv",
      "https://contosodata.blob.core.windows.net/other/CustomerInsights_0123/Klaviyo/x.csv",
      "https://contosodata.blob.core.windows.net/exports/elsewhere/x.csv",
      `${WRITTEN_AT}/../../secrets/x.csv`,
      `${WRITTEN_AT}/%2e%2e/x.csv`,
      `${WRITTEN_AT}/a%2fb.csv`,
      `${WRITTEN_AT}/a%5Cb.csv`,
      `${WRITTEN_AT}/a%00b.csv`,
      `${WRITTEN_AT}/a%zz.csv`,
      `${WRITTEN_AT}/a\\b.csv`,
      `${WRITTEN_AT}//a.csv`,
      `${WRITTEN_AT}/${"a/".repeat(60)}b.csv`,
      "file:///etc/passwd",
      "x.csv://",
    ].map((location): [string, string, string] => [
      `a file at ${location.slice(0, 90)}`,
      of({ files: [location] }),
      "modelUnreadable",
    ]),
  ])("%s", async (_what, model, code) => {
    folder.put(file, "a");
    folder.put("x.csv", "a");
    if (model !== undefined) {
      folder.put("model.json", model);
    }
    expect(await pinned()).toBe(code);
  });

  it("a copy in S3 whose files were written elsewhere than in Azure", async () => {
    folder.put("x.csv", "a");
    folder.put("model.json", of({ files: ["https://evil.example/exports/x.csv"] }));
    expect(await pinned(s3)).toBe("modelUnreadable");
  });

  it("a partition without a location", async () => {
    const model = JSON.stringify({
      entities: [{ name: "HighValue", attributes: [{ name: "EMail" }], partitions: [{}] }],
    });
    folder.put("model.json", model);
    expect(await pinned()).toBe("modelUnreadable");
  });

  it.each(["sourceForbidden", "sourcePlaceMissing", "sourceUnavailable"] as const)(
    "a storage that answers %s",
    async (code) => {
      folder.failWith(new DomainError(code, { place: "container “exports”", reason: "no" }));
      expect(await pinned()).toBe(code);
    },
  );
});

it("lists the tables that can be read, page by page, and those that are being written", async () => {
  folder.put("A/2026/11/26/0600/A_1.csv", "12345");
  folder.put(
    "model.json",
    exportModel([
      { name: "C", files: ["C/2026/11/26/0600/C_1.csv"] },
      { name: "A", files: ["A/2026/11/26/0600/A_1.csv"] },
      { name: "no segment’s name", files: [] },
      { name: "B", $type: "ReferenceEntity" },
    ]),
  );
  const source = sourceAt(azure);

  const first = await source.list({ limit: 1 });
  const rest = await source.list({ limit: 5, after: first.next ?? "" });

  expect(first.items).toEqual([
    { name: "ci:A", source: "ci", files: 1, bytes: 5, refreshedAt: written.toISOString() },
  ]);
  expect(rest.items.map(({ name, files }) => [name, files])).toEqual([["ci:C", 0]]);
  expect(rest.next).toBeUndefined();
});
