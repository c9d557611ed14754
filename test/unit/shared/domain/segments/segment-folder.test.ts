import { describe, expect, it } from "@jest/globals";
import { isBookkeeping } from "../../../../../shared/domain/segments/segment-folder";

describe("a file beside the data", () => {
  it.each([
    ...["_SUCCESS", "_SUCCESS.txt", "success.txt", "customers.done", "done.flag", "customers.ctl"],
    ...["customers.trg", "customers.eof", "customers.csv.sha256", "SHA256SUMS", "checksums.txt"],
    ...["0f1d2c3b-0000-4444-8888-0123456789ab.txt", "schema.json", "schema.sql", "export.log"],
    ...["customers.csv.tmp", "customers.csv.filepart", "customers.csv.bak", "customers.old"],
    ...["~$customers.xlsx", "#customers.csv#", "customers.csv.swp", "ehthumbs.db"],
    ...["customers.csv:Zone.Identifier", "@eaDir/customers.csv/x", "$RECYCLE.BIN/customers.csv"],
    ...["README.de.md", "LIESMICH.txt", "lisezmoi.txt", "notes.md"],
  ])("is known: %s", (name) => {
    expect(isBookkeeping(name)).toBe(true);
  });

  it.each([
    ...["customers.csv", "part-00000", "000000_0", "schema.csv", "metadata.csv", "logs.csv"],
    ...["done/customers.csv", "readme/customers.csv", "old customers.csv", "config.ndjson"],
    ...["0f1d2c3b-0000-4444-8888-0123456789ab.csv", "dt=2026-02-03/part-0.csv", "partial.csv"],
  ])("is none: %s", (name) => {
    expect(isBookkeeping(name)).toBe(false);
  });
});
