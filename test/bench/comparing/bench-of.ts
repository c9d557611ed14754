import { spawn } from "node:child_process";
import * as z from "zod";
import { comparedRowSchema } from "./comparison";

/** What is to be measured. */
export interface Asked {
  readonly only: readonly string[];
  readonly sizes: readonly number[];
}

/** What a checkout's bench measured; `lacks` says what it could not. */
interface BenchResult {
  readonly rows: readonly z.infer<typeof comparedRowSchema>[];
  readonly lacks: readonly string[];
}

const reportSchema = z.object({ rows: z.array(comparedRowSchema) });

/** Runs the bench of a checkout, in a process of its own. One that knows less measures what it knows. */
export async function benchOf(directory: string, { only, sizes }: Asked): Promise<BenchResult> {
  const { code, stdout, stderr } = await ranIn(directory, [
    "--json",
    ...["--sizes", sizes.join(",")],
    ...(only.length === 0 ? [] : ["--only", only.join(",")]),
  ]);
  const report = reportSchema.safeParse(lastJson(stdout));
  if (code === 0 && report.success) {
    return { rows: report.data.rows, lacks: [] };
  }
  const unknown = only.filter((name) => unknownMeasures(stderr).includes(name));
  if (unknown.length === 0) {
    const reason = code === 0 ? "its output is of another form" : `it ended with ${String(code)}`;
    const lastWords = stderr.trim().split("\n").at(-1) ?? "";
    return {
      rows: [],
      lacks: [`its bench: ${reason}${lastWords === "" ? "" : ` (${lastWords})`}`],
    };
  }
  const known = only.filter((name) => !unknown.includes(name));
  const lacks = unknown.map((name) => `the measure ${name}`);
  if (known.length === 0) {
    return { rows: [], lacks };
  }
  const rest = await benchOf(directory, { only: known, sizes });
  return { rows: rest.rows, lacks: [...lacks, ...rest.lacks] };
}

/** The names in what a bench says that does not know them. */
export function unknownMeasures(said: string): readonly string[] {
  return /There is no measure ([^;]+);/.exec(said)?.[1]?.split(", ") ?? [];
}

/** The JSON that a bench prints last; undefined if it is none. */
function lastJson(printed: string): unknown {
  try {
    return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
  } catch {
    return undefined;
  }
}

async function ranIn(directory: string, parameters: readonly string[]) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/bench/command.ts", ...parameters],
    { cwd: directory, stdio: ["ignore", "pipe", "pipe"] },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, stdout, stderr };
}
