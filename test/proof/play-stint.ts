import { spawn } from "node:child_process";
import type { Kind } from "./kinds";

/**
 * Plays a stint of a kind in a process of its own. What it writes is shown only where something did not hold.
 *
 * @returns whether all held.
 */
export async function playStint(
  { command, environment }: Kind,
  seed: number,
  show: (text: string) => void,
): Promise<boolean> {
  const child = spawn(process.execPath, command(seed), {
    env: { ...process.env, ...environment, SEED: String(seed) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => written.push(piece));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    show(Buffer.concat(written).toString());
  }
  return code === 0;
}
