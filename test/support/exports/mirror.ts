import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { StartOptions, System } from "../system";
import { addAccount, loseSnapshots } from "../system-steps";

export const people = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `person-${from + index}@example.org`);
export const csv = (emails: readonly string[]): string => `Email\n${emails.join("\n")}\n`;

let accounts = 0;

/** Exports in sync mode mirror, each with an account of its own. @param system once it is started */
export function mirrorsIn(system: () => System) {
  /** An export in sync mode mirror to a list of its own, with whatever the test needs of it. */
  async function aMirror(overrides: object = {}) {
    accounts += 1;
    const accountId = `Mir${String(accounts).padStart(3, "0")}`;
    const { apiKey, listId } = addAccount(system(), accountId);
    const segment = `mirror-${String(accounts)}`;
    await system().putSegment(segment, { "1.csv": csv(people(1, 1)) });
    const connectionId = await system().createConnection({ apiKey });
    const settings = { listId, segments: [segment], syncMode: "mirror", ...overrides };
    const exportId = await system().createExport(connectionId, settings);
    return {
      ...{ accountId, apiKey, listId, connectionId, exportId, segment, settings },
      members: () => system().members(listId),
      put: (emails: readonly string[]) => system().putSegment(segment, { "1.csv": csv(emails) }),
      run: (options: StartOptions = {}) => system().run(exportId, undefined, options),
    };
  }

  async function snapshotsOf(exportId: string): Promise<(string | undefined)[]> {
    const Bucket = system().laptop.environment.resources.find("AWS::S3::Bucket", "Work").ref;
    const { Contents: found = [] } = await system().clients.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: `snapshots/${exportId}/` }),
    );
    return found.map(({ Key }) => Key);
  }

  const loseSnapshot = (exportId: string, damage: "delete" | "scribble"): Promise<void> =>
    loseSnapshots(system(), exportId, damage);
  return { aMirror, snapshotsOf, loseSnapshot };
}
