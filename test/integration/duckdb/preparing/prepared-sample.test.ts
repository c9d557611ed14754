import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { PROFILE_MAX_BYTES } from "../../../../shared/domain/runs/chunk";
import { PREVIEW_MAX_BYTES } from "../../../../shared/domain/exports/preview";
import { createWorkbench, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const mapping = { email: "e", properties: { note: "n" } };
const put = (...records: object[]) =>
  bench.put("m.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));
const look = async () => (await bench.prepare({ mapping, sample: true })).sample!;

describe("a look into what is prepared", () => {
  it("sets profiles aside that are too large, as a run would, and reckons without them", async () => {
    await put({ e: "small@x.io", n: "x" });
    const { bytes } = await look();
    await put(
      { e: "large@x.io", n: "x".repeat(PROFILE_MAX_BYTES) },
      { e: "small@x.io", n: "x" },
      { e: "nobody", n: "x" },
    );

    expect(await look()).toMatchObject({
      ...{ fresh: 1, tooLarge: 1, bytes },
      profiles: [{ attributes: { email: "small@x.io" } }],
      rejections: [
        { file: "m.ndjson", row: 1, email: "large@x.io", code: "profileTooLarge" },
        { file: "m.ndjson", row: 3, email: "nobody", code: "emailInvalid" },
      ],
    });
  });

  it("shows as many profiles as can be kept, by their bytes and not their characters", async () => {
    const records = Array.from({ length: 8 }, (_, index) => ({
      ...{ e: `p${String(index)}@x.io`, n: "名".repeat(15_000) },
    }));
    await put(...records);
    const { profiles } = await look();
    expect(profiles).toHaveLength(4);
    expect(Buffer.byteLength(JSON.stringify(profiles))).toBeLessThanOrEqual(PREVIEW_MAX_BYTES);
  });
});
