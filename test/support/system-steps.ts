import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { nextStep } from "./next-step";
import type { RunAnswer, System } from "./system";

/** A segment's file of so many rows, each with an email of its own. */
export const csv = (rows: number, name: string): string =>
  `Email\n${Array.from({ length: rows }, (_, row) => `${name}-${row}@example.org`).join("\n")}\n`;

/** Waits until the run has got so far, or has ended. */
export async function until(
  system: System,
  runId: string,
  reached: (run: RunAnswer) => boolean,
): Promise<RunAnswer> {
  for (;;) {
    const step = nextStep(system.laptop.environment.functions.logs, 100);
    const { body } = await system.call<RunAnswer>("GET", `/runs/${runId}`);
    if (reached(body) || !["queued", "running"].includes(body.status)) {
      return body;
    }
    await step;
  }
}

/** An account of its own for a test, with a key and a list. */
export function addAccount(system: System, id: string): { apiKey: string; listId: string } {
  const account = system.laptop.klaviyo.addAccount({ id, lists: [{ name: "List" }] });
  return { apiKey: account.keys[0]!.key, listId: account.lists[0]!.id };
}

/**
 * Loses an export's snapshots, and all that runs have staged, which a snapshot could be rebuilt from.
 */
export async function loseSnapshots(
  { laptop, clients: { s3 } }: Pick<System, "laptop" | "clients">,
  exportId: string,
  how: "delete" | "scribble",
): Promise<void> {
  const Bucket = laptop.environment.resources.find("AWS::S3::Bucket", "Work").ref;
  const keysBelow = async (Prefix: string): Promise<string[]> => {
    const { Contents: found = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    return found.flatMap(({ Key }) => Key ?? []);
  };
  for (const Key of await keysBelow("staging/")) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  for (const Key of await keysBelow(`snapshots/${exportId}/`)) {
    await (how === "delete"
      ? s3.send(new DeleteObjectCommand({ Bucket, Key }))
      : s3.send(new PutObjectCommand({ Bucket, Key, Body: "not Parquet" })));
  }
}
