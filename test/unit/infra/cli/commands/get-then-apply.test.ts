import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { acceptedName } from "../../../../../infra/cli/configuration/stored-names";
import { createExportBodySchema } from "../../../../../shared/contract/exports";
import { columnNamesSchema } from "../../../../../shared/domain/segments/segment-settings";
import { exportRequestSchema } from "../../../../../shared/domain/exports/export";
import { runInProcess, startStubApi } from "../../../../support/commands/command-line";
import { draws } from "../../../../support/seeds/seed-of-draws";

const folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-get-apply-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names as people choose them, and such as mean something to YAML. */
const nameText = fc
  .oneof(
    fc.constantFrom(
      ...["yes", "null", "1.0", "2026-11-02", "- a", "#x", "a: b", "{x}", "[y]", "~", "'q'", '"d"'],
      ...["Ännchen", "日本", "*a", "&b", "!t", "%p", "@at", "|", ">", "Same", "Same", "=", "0x1f"],
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  )
  .filter((text) => exportRequestSchema.shape.displayName.safeParse(text).data === text);

/** Names as they could once be given: with what no name may hold today. */
const storedName = fc
  .tuple(
    nameText,
    fc.constantFrom(
      "",
      "",
      "\u200b",
      "\u202e",
      "\u0007",
      "\u2028",
      " pk_abc123",
      " ann@example.org",
    ),
  )
  .map(([text, old]) => `${text}${old}${old === "" ? "" : "x"}`);

const field = fc.oneof(
  nameText,
  fc.record({ field: nameText, empty: fc.constant("leave" as const) }),
);
const property = fc.oneof(
  nameText,
  fc.record({
    field: nameText,
    type: fc.constantFrom("text", "number", "boolean", "date", "json"),
  }),
  fc.record({
    field: nameText,
    type: fc.constant("list"),
    separator: fc.constantFrom(",", ";", "| "),
  }),
  fc.record({ field: nameText, empty: fc.constant("clear") }),
);
const mapping = fc.record(
  {
    email: nameText,
    first_name: field,
    phone_number: fc.record({ field: nameText, defaultCountry: fc.constantFrom("DE", "NO") }),
    location: fc.record({ city: field, country: field }, { requiredKeys: [] }),
    properties: fc.dictionary(nameText, property, { maxKeys: 4 }),
  },
  { requiredKeys: ["email"] },
);
const recurrence = fc.constantFrom(
  { frequency: "daily", times: ["06:00"], timeZone: "UTC" },
  { frequency: "weekly", days: ["monday"], times: ["06:00", "18:30"], timeZone: "Europe/Berlin" },
);
const schedule = fc.oneof(
  fc.constant({ mode: "system" }),
  fc.constant({ mode: "off" }),
  fc.record({ mode: fc.constant("off"), recurrence }),
  fc.record({ mode: fc.constant("own"), recurrence }),
  fc.constantFrom(
    { mode: "onRefresh" },
    { mode: "onRefresh", overdueAfterHours: 26 },
    { mode: "off", onRefresh: { overdueAfterHours: 26 } },
  ),
);
/** What may be set for a segment. */
const storedSettings = fc.record(
  {
    version: fc.constant(2),
    columns: fc.uniqueArray(
      nameText.filter((name) => columnNamesSchema.safeParse([name]).success),
      { minLength: 1, maxLength: 4, selector: (name) => name.toLowerCase() },
    ),
    marker: fc.constantFrom(
      { kind: "success" },
      { kind: "none" },
      { kind: "file", name: "- x: #" },
    ),
  },
  { requiredKeys: ["version"] },
);
const settings = fc
  .record(
    {
      displayName: storedName,
      listId: fc.constantFrom("LiSt01", "123456", "0e1234", "true"),
      segments: fc.constantFrom(["customers"], ["2026", "yes"], ["all customers", "no", "null"]),
      mapping,
      syncMode: fc.constantFrom("upsert", "mirror"),
      rejectionThreshold: fc.nat(1_000_000_000),
      schedule,
      detached: fc.boolean(),
    },
    { requiredKeys: ["displayName", "listId", "segments", "mapping", "syncMode", "schedule"] },
  )
  // What the API refuses is no state that there can be.
  .filter(
    ({ schedule: _apart, detached: _other, ...request }) =>
      exportRequestSchema.safeParse({ ...request, connectionId: "c1" }).success &&
      createExportBodySchema.shape.mapping.safeParse(request.mapping).success,
  );

test("whatever the API holds, apply accepts what get all writes of it, and finds nothing to change", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(settings, { maxLength: 4 }),
      fc.uniqueArray(storedName, { minLength: 1, maxLength: 2, selector: acceptedName }),
      fc.constantFrom(
        { active: false },
        { active: true, recurrence: { frequency: "daily", times: ["06:00"], timeZone: "UTC" } },
        { active: true, onRefresh: { overdueAfterHours: 26 } },
      ),
      nameText,
      fc.constantFrom("yaml", "json"),
      storedSettings,
      async (exports, names, system, listName, format, segmentSettings) => {
        const connections = names.map((displayName, at) => ({
          ...{ connectionId: `c${at + 1}`, displayName, type: "klaviyo", version: 1 },
          ...{ sharing: "administrators", profileLimit: 100_000 * (at + 1) },
        }));
        const stub = await startStubApi({
          "GET /connections": { items: connections },
          "GET /exports": {
            items: exports.map(({ detached = false, ...shown }, at) => ({
              ...{ ...shown, exportId: `e${at}`, version: 1, permissions: [] },
              ...{ connectionId: detached ? null : "c1", nextRun: null, lastRun: null },
              connection: detached ? null : { displayName: names[0], type: "klaviyo" },
            })),
          },
          "GET /schedule": system,
          "GET /sources": { items: [] },
          "GET /segments": {
            items: [{ name: "customers", files: 1, bytes: 1, refreshedAt: "2026-11-02T08:00:00Z" }],
          },
          "GET /segments/customers/settings": segmentSettings,
          "GET /connections/c1/lists": { items: [{ id: "LiSt01", name: listName }] },
        });
        try {
          const env = { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" };
          const written = await runInProcess(["get", "all", "-o", format], env);
          const old = [...connections, ...exports].filter(
            ({ displayName }) => acceptedName(displayName) !== displayName.normalize("NFC").trim(),
          );
          expect(written.code).toBe(0);
          expect(written.stderr.match(/holds what no name may hold any more/g) ?? []).toHaveLength(
            old.length,
          );
          const file = path.join(folder, "all.yaml");
          writeFileSync(file, written.stdout);
          const applied = await runInProcess(["apply", "-f", file, "--prune", "--dry-run"], env);
          expect(applied).toEqual({ code: 0, stdout: "Nothing to change.\n", stderr: "" });
        } finally {
          await stub.close();
        }
      },
    ),
    { numRuns: draws(20, 60) },
  );
});

test("a name that was stored before the rule of today is written as apply takes it, and that is said", async () => {
  const stub = await startStubApi({
    "GET /connections": { items: [], unreadable: ["c7"] },
    "GET /exports": {
      items: [
        {
          ...{ exportId: "e1", version: 1, permissions: [], connectionId: null, connection: null },
          ...{ displayName: "News\u202eletter", listId: "LiSt01", segments: ["customers"] },
          mapping: { email: "Email", properties: { "Po\u200bints": "Points" } },
          ...{ syncMode: "upsert", schedule: { mode: "off" }, nextRun: null, lastRun: null },
        },
      ],
      unreadable: ["e8", "e9"],
    },
    "GET /schedule": { active: false },
    "GET /sources": { items: [] },
    "GET /segments": { items: [] },
  });
  const env = { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" };
  const { code, stdout, stderr } = await runInProcess(["get", "all", "-o", "json"], env);
  const listed = await runInProcess(["exports", "list", "-o", "json"], env);
  await stub.close();

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    exports: [
      {
        displayName: "Newsletter",
        mapping: { email: "Email", properties: { Points: "Points" } },
      },
    ],
  });
  expect(stderr).toContain("The file calls it “Newsletter”, which apply takes for the same");
  expect(stderr).toContain("fills a property whose name holds characters that are not seen");
  expect(stderr).toContain("1 connection can't be read and is left out: c7. Tell the operators.");
  expect(stderr).toContain("2 exports can't be read and are left out: e8, e9.");
  expect(listed.stderr).toBe(
    "2 exports can't be read and are left out: e8, e9. Tell the operators.\n",
  );
});
