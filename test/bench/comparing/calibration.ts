import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** So many profiles are written, read and hashed: 0.66 to 0.80 s on two processors of 2026 that had other work, too. */
const PROFILES = 200_000;

/**
 * How long this machine takes now for a fixed piece of work of the kind that the system does: profiles are made,
 * written to a file as JSON, read back, parsed, hashed and sorted. Seconds.
 *
 * What it does must never change: figures of different times and machines are compared by it.
 *
 * @param profiles fewer, for a test
 */
export async function calibrate(profiles = PROFILES): Promise<number> {
  const directory = await mkdtemp(path.join(os.tmpdir(), "calibration-"));
  try {
    const file = path.join(directory, "profiles.ndjson");
    const from = process.hrtime.bigint();
    const lines = Array.from({ length: profiles }, (_, index) =>
      JSON.stringify({
        email: `person-${String(index)}@shop.example`,
        first_name: `Name ${String(index % 997)}`,
        properties: { points: index % 1_009, segment: "customers" },
      }),
    );
    await writeFile(file, lines.join("\n"), { flush: true });
    const hashes = (await readFile(file, "utf8")).split("\n").map((line) =>
      createHash("sha256")
        .update(JSON.stringify(JSON.parse(line)))
        .digest("hex"),
    );
    hashes.sort();
    return Number(process.hrtime.bigint() - from) / 1e9;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
