import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GENERATED_EMAIL_FIELD } from "../../../infra/local/generated-segment";
import { createMemberPreparation } from "../../../shared/adapters/duckdb/preparing/member-preparation";
import { createRunAccounting } from "../../../shared/adapters/duckdb/accounting/run-accounting";
import { mappedFields, type FieldMapping } from "../../../shared/domain/exports/field-mapping";
import {
  directoryFiles,
  directorySegmentSource,
  directoryWorkFiles,
} from "../../support/files/directory-files";
import { writeSegmentFile, type SegmentFileFormat } from "../../support/files/segment-files";

/**
 * Measures preparing, staging and accounting of one generated file from local disk to local disk.
 * `npx tsx test/bench/preparing/prepare.ts --rows 1000000 --formats csv,csv.gz,ndjson,parquet --memory 2048`
 * `--fields names`, `phone` or `all` maps besides the email the names, these and the phone number, or these and
 * three custom properties; `full` the names, the phone number, the location and five typed properties.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "1000000" },
      formats: { type: "string", default: "csv,csv.gz,ndjson,parquet" },
      memory: { type: "string", default: "2048" },
      fields: { type: "string", default: "email" },
    },
  });
  const rows = Number(values.rows);
  for (const format of values.formats.split(",")) {
    await measure(format, rows, Number(values.memory), mappingOf(values.fields));
  }
}

function mappingOf(fields: string): FieldMapping {
  const email: FieldMapping = { email: GENERATED_EMAIL_FIELD };
  const names = { ...email, first_name: "FirstName", last_name: "LastName" };
  const phone = { ...names, phone_number: { field: "Phone", defaultCountry: "DE" as const } };
  switch (fields) {
    case "email":
      return email;
    case "names":
      return names;
    case "phone":
      return phone;
    case "all":
      return {
        ...phone,
        properties: {
          CustomerId: "CustomerId",
          Spend: { field: "TotalSpend", type: "number" },
          Since: { field: "CreatedOn", type: "date", empty: "clear" },
        },
      };
    case "full":
      return {
        ...phone,
        location: { city: "City", zip: "PostalCode", country: "Country" },
        properties: {
          CustomerId: { field: "CustomerId", type: "text" },
          Spend: { field: "TotalSpend", type: "number" },
          Since: { field: "CreatedOn", type: "date", empty: "clear" },
          Home: { field: "City", type: "list" },
          Area: { field: "PostalCode", type: "text" },
        },
      };
    default:
      throw new Error("--fields is email, names, phone, all or full");
  }
}

async function measure(
  name: string,
  rows: number,
  memoryMegabytes: number,
  mapping: FieldMapping,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "prepare-bench-"));
  try {
    await mkdir(join(root, "segments", "bench"), { recursive: true });
    const path = join(root, "segments", "bench", `members.${name}`);
    const [format, gzip] = name.split(".");
    await writeSegmentFile(path, {
      profiles: rows,
      format: format as SegmentFileFormat,
      gzip: gzip === "gz",
      blank: 0.01,
      invalid: 0.01,
      duplicates: 0.02,
    });
    const source = directorySegmentSource(join(root, "segments"));
    const files = directoryWorkFiles(join(root, "work"));
    const options = { source, files, memoryMegabytes, workDirectory: root };

    const started = performance.now();
    const preparation = await createMemberPreparation(options).prepare({
      runId: "run",
      attemptId: "attempt",
      files: await directoryFiles(join(root, "segments"), "bench"),
      mapping,
      listId: "LIST01",
    });
    const prepared = performance.now();
    const { chunkSizes } = await preparation.stageRows({ send: true });
    await preparation.stageLeavers({ remove: false, firstChunk: chunkSizes.length + 1 });
    await preparation.stageChunks({ attemptId: "attempt", after: 0 }, async () => true);
    await preparation.close();
    const staged = performance.now();
    const { numbers } = await createRunAccounting(options).accountFor({
      runId: "run",
      exportId: "export",
      attemptId: "attempt",
      syncMode: "upsert",
      mapping,
      droppedValues: preparation.warnings.some(({ code }) => code === "valuesDropped"),
      outcomes: new Map(
        chunkSizes.map((profiles, index) => [
          index + 1,
          { imported: profiles, refused: 0, unsent: 0 },
        ]),
      ),
    });
    const accounted = performance.now();
    const seconds = (from: number, to: number): number => Math.round((to - from) / 10) / 100;
    console.log(
      JSON.stringify({
        format: name,
        mapped: mappedFields(mapping).length + 1,
        rows,
        megabytes: Math.round((await stat(path)).size / 1e6),
        prepareSeconds: seconds(started, prepared),
        stageSeconds: seconds(prepared, staged),
        rowsPerSecond: Math.round(rows / ((staged - started) / 1000)),
        accountingSeconds: seconds(staged, accounted),
        members: numbers.members,
        chunks: chunkSizes.length,
        // Of the whole process up to now: measure one format at a time to compare.
        peakResidentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      }),
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

void main();
