import * as z from "zod";
import { DomainError } from "../../domain/problems/problem";

const failureSchema = z.object({ message: z.string(), code: z.string().optional() });

/** What Node and DuckDB (1.5) say when nothing more fits: DuckDB also when its spilling may take no more. */
const FULL = /ENOSPC|No space left on device|max_temp_directory_size/;

/** Whether something failed because the function's temporary disk is full. */
export function isDiskFull(error: unknown): boolean {
  const failure = failureSchema.safeParse(error).data;
  return failure?.code === "ENOSPC" || (failure !== undefined && FULL.test(failure.message));
}

/** Does the work; throws `diskFull` when that fails for want of disk, and else what it throws. */
export async function toldWhenDiskIsFull<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isDiskFull(error) ? new DomainError("diskFull", {}) : error;
  }
}
