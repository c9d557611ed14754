import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startConsoleSystem, type ConsoleSystem } from "../../browser/support/console";
import { makesConnection, readsRejections, runs, setsUpExport, type Ground } from "./main-way";
import { looksOn } from "./viewer-way";
import { walkerAt } from "./walker";

const PROFILES = 100_000;
/** One in so many rows has no address that can be one. */
const WRONG = 4_000;

let console: ConsoleSystem;
let ground: Ground;
beforeAll(async () => {
  console = await startConsoleSystem();
  const { system } = console;
  await system.putSegment("customers", { "customers.csv": rows() });
  await system.createConnection({ displayName: "Shared" });
  const invalid = PROFILES / WRONG;
  ground = {
    apiKey: system.laptop.klaviyo.first.apiKey,
    ...{ segment: "customers", imported: PROFILES - invalid, invalid },
  };
});
afterAll(() => console.close());

const ways = (["en", "de"] as const).flatMap((language) =>
  (["mouse", "keyboard"] as const).map((device) => ({ language, device })),
);

describe("the main way, from signing in to a finished run of 100,000 profiles", () => {
  it.each(ways)("is walked by administrators: $language, $device", async (way) => {
    const walker = await walkerAt(console, { role: "Administrator", ...way });
    const connection = `Shop ${way.language} ${way.device}`;
    const name = `Newsletter ${way.language} ${way.device}`;

    await makesConnection(walker, connection, ground.apiKey);
    await setsUpExport(walker, ground, { connection, name });
    await runs(walker, ground, name);
    await readsRejections(walker, ground, name);
    await walker.signsOut();

    expect(walker.problems).toEqual([]);
    await walker.close();
  });

  it.each(ways)(
    "is walked by contributors, over a connection that is shared with them: $language, $device",
    async (way) => {
      const walker = await walkerAt(console, { role: "Contributor", ...way });
      const name = `Loyalty ${way.language} ${way.device}`;

      await setsUpExport(walker, ground, { connection: "Shared", name });
      await runs(walker, ground, name);
      await readsRejections(walker, ground, name);
      await walker.signsOut();

      expect(walker.problems).toEqual([]);
      await walker.close();
    },
  );
  describe("that somebody else has walked", () => {
    const name = "Looked at";
    beforeAll(async () => {
      const { system } = console;
      const connectionId = await system.createConnection({ displayName: "Of others" });
      const exportId = await system.createExport(connectionId, {
        displayName: name,
        segments: [ground.segment],
      });
      await system.run(exportId);
    });

    it.each(ways)("is looked at by viewers: $language, $device", async (way) => {
      const walker = await walkerAt(console, { role: "Viewer", ...way });

      await looksOn(walker, ground, name);
      await walker.signsOut();

      expect(walker.problems).toEqual([]);
      await walker.close();
    });
  });
});

/** Rows with an email and a name, of which some have no address that can be one. */
function rows(): string {
  const lines = Array.from({ length: PROFILES }, (_, row) =>
    row % WRONG === WRONG - 1 ? `nobody,Name ${row}` : `person-${row}@example.org,Name ${row}`,
  );
  return ["Email,FirstName", ...lines].join("\n");
}
