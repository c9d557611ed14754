import * as z from "zod";
import type { AccountingRequest, RunTraces, TracedFate } from "../../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "../database";
import { toldWhenDiskIsFull } from "../disk-full";
import { sqlString } from "../sql-text";
import { WorkFileNotFound, type WorkFiles } from "../work-files";
import { settleStagedFates } from "./settled-fates";

const memberSchema = z.object({
  fate: z.enum(["unchanged", "imported", "refused", "unsent"]),
  known: z.boolean(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});
const leaverSchema = z.object({ fate: z.enum(["gone", "unremoved", "kept"]) });
const setAsideSchema = z.object({ category: z.string() });

/** Looks into runs with DuckDB, one database and one temporary directory for each look. */
export function createRunTraces(
  options: DatabaseOptions & { readonly files: WorkFiles },
): RunTraces {
  return {
    async fateOf(request, email) {
      const database = await openDatabase(options);
      try {
        return await toldWhenDiskIsFull(() => trace(database, options.files, request, email));
      } catch (error) {
        if (error instanceof WorkFileNotFound) {
          return { kind: "expired" };
        }
        throw error;
      } finally {
        await database.close();
      }
    },
  };
}

/** By the tables that the run's own account is made from; the address is bound, never written. */
async function trace(
  database: Database,
  files: WorkFiles,
  request: AccountingRequest,
  email: string,
): Promise<TracedFate> {
  const { setAsidePath } = await settleStagedFates(database, files, request, { refusals: true });
  const [member] = await database.rows(
    "SELECT fate, known, code, detail FROM fates WHERE email = $1",
    memberSchema,
    [email],
  );
  if (member !== undefined) {
    return { kind: "member", ...member };
  }
  const [leaver] = await database.rows(
    "SELECT fate FROM leaver_fates WHERE email = $1",
    leaverSchema,
    [email],
  );
  if (leaver !== undefined) {
    return { kind: "leaver", ...leaver };
  }
  const [invalid] = await database.rows(
    `SELECT category FROM read_parquet(${sqlString(setAsidePath)})
      WHERE category = 'invalid' AND lower(trim(email)) = $1 LIMIT 1`,
    setAsideSchema,
    [email],
  );
  return { kind: invalid === undefined ? "notMember" : "invalid" };
}
