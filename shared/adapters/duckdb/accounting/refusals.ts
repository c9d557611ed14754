import * as z from "zod";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { Database } from "../database";
import { inParallel } from "../in-parallel";
import { sqlString } from "../sql-text";
import type { WorkFiles } from "../work-files";

const DOWNLOADS_AT_ONCE = 16;
const refusalKey = /\/(\d+)-(push|confirm)(?:-\d+)?\.ndjson$/;
const chunkNumber = z.coerce.number().int().positive();

/**
 * Makes the table `refusals(chunk, step, position, code, detail)` of all refusals that were written down
 * for a run; `step` is 0 for `push` and 1 for `confirm`. Without a run it is empty.
 */
export async function loadRefusals(
  database: Database,
  files: WorkFiles,
  run: { readonly runId: string; readonly attemptId: string } | undefined,
): Promise<void> {
  await database.run(
    "CREATE TABLE refusals (chunk INTEGER, step INTEGER, position BIGINT, code VARCHAR, detail VARCHAR)",
  );
  if (run === undefined) {
    return;
  }
  const anyKey = storageKeys.refusals(run.runId, run.attemptId, 1, "push");
  const keys = await files.list(anyKey.slice(0, anyKey.lastIndexOf("/") + 1));
  const found = keys.flatMap((key) => {
    const [, chunk, step] = refusalKey.exec(key) ?? [];
    return chunk === undefined
      ? []
      : [{ key, chunk: chunkNumber.parse(chunk), step: step === "push" ? 0 : 1 }];
  });
  await inParallel(found, DOWNLOADS_AT_ONCE, async ({ key, chunk, step }) => {
    const path = database.directory.newFile("ndjson");
    await files.download(key, path);
    await database.run(
      `INSERT INTO refusals SELECT ${chunk}, ${step}, position, code, detail
        FROM read_json(${sqlString(path)}, format = 'newline_delimited',
          columns = {'position': 'BIGINT', 'code': 'VARCHAR', 'detail': 'VARCHAR'})`,
    );
  });
}
