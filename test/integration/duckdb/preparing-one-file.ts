import { join } from "node:path";
import { createMemberPreparation } from "../../../shared/adapters/duckdb/preparing/member-preparation";
import type { Preparation, PreparationRequest, SegmentSource } from "../../../shared/ports";
import { aSegmentFile } from "../../support/builders";
import { directoryWorkFiles, pinOf } from "../../support/files/directory-files";

/** Prepares a segment of one file, whose content is what `open` makes of it, with a directory for everything else. */
export function preparingOneFile(
  directory: string,
  open: SegmentSource["open"],
  request: Partial<PreparationRequest> = {},
): Promise<Preparation> {
  const preparation = createMemberPreparation({
    files: directoryWorkFiles(join(directory, "work")),
    memoryMegabytes: 256,
    workDirectory: directory,
    source: {
      list: async () => ({ items: [] }),
      exists: async () => true,
      pin: async () => pinOf("customers", [aSegmentFile()]),
      open,
    },
  });
  return preparation.prepare({
    ...{ runId: "run-1", attemptId: "attempt-1", listId: "LiSt01" },
    files: [aSegmentFile()],
    mapping: { email: "Email" },
    ...request,
  });
}
