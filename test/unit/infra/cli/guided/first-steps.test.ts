import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const shop = { connectionId: "c1", displayName: "Shop", type: "klaviyo", version: 1 };
const newsletter = {
  ...{ exportId: "e1", version: 1, displayName: "Newsletter", connectionId: "c1" },
  ...{ connection: { displayName: "Shop", type: "klaviyo" }, listId: "LiSt01", listName: "Weekly" },
  ...{ segments: ["customers"], mapping: { email: "Email", first_name: "First" } },
  ...{ syncMode: "upsert", schedule: { mode: "off" }, nextRun: null, lastRun: null },
  ...{ permissions: [], updatedAt: "2026-11-02T08:00:00.000Z", updatedBy: "ann" },
};
const customers = {
  ...{ name: "customers", files: 1, bytes: 10, rows: 3, refreshedAt: "2026-11-02T08:00:00.000Z" },
  fields: ["Email", "First", "City"].map((name) => ({ name, type: "text" })),
};

let answers: Record<string, unknown>;
let stub: StubApi;
beforeEach(async () => {
  answers = {
    "GET /connections": { items: [shop] },
    "GET /exports": { items: [newsletter] },
    "GET /exports/e1": newsletter,
    "GET /segments": { items: [customers] },
    "GET /segments/customers": customers,
    "GET /connections/c1/lists": { items: [{ id: "LiSt01", name: "Weekly" }] },
    "POST /connections/c1/lists": { id: "NeW001", name: "Sale" },
    "POST /exports": newsletter,
    "PUT /exports/e1": newsletter,
    "GET /audit": { items: [] },
  };
  stub = await startStubApi(answers);
});
afterEach(() => stub.close());

const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" });
const made = (): string[] => stub.requests.filter((request) => !request.startsWith("GET "));

const create = (...more: string[]) =>
  cli("exports", "create", "--name", "N", "--connection", "shop", ...more);
const forSale = ["--list-name", "Sale", "--create-list"];

describe("what was not finished leaves nothing behind", () => {
  test.each([
    ["an unknown segment", ["--segment", "nobody", "--email", "Email"], "segmentMissing"],
    ["an unknown field", ["--segment", "customers", "--email", "Emial"], "fieldMissing"],
    [
      "an unknown field of Klaviyo's",
      ["--segment", "customers", "--email", "Email", "--map", "nickname=First"],
      "settingInvalid",
    ],
    ["no email field", ["--segment", "customers"], "usage"],
    [
      "a subscription that nobody agrees to",
      ["--segment", "customers", "--email", "Email", "--subscription", "{historicalImport: false}"],
      "usage",
    ],
  ])("%s is found before the list is made", async (_what, options, code) => {
    const { code: exit, stderr } = await create(...forSale, ...options);
    expect(exit).not.toBe(0);
    expect(stderr).toMatch(new RegExp(`^(.*\\n)*${code}: `));
    expect(made()).toEqual([]);
  });

  test("a field that is not there is said with what may have been meant, and what there is", async () => {
    const { stderr } = await create(
      "--list-id",
      "LiSt01",
      "--segment",
      "customers",
      "--email",
      "Emial",
    );
    expect(stderr).toContain(
      "Segment “customers” has no field “Emial”. Did you mean “Email”?\nIt has “Email”, “First”, “City”.",
    );
  });

  test("the list is made last, and what fails after it says that it is there", async () => {
    const whole = [...forSale, "--segment", "Customers", "--email", "email"];
    expect((await create(...whole)).stderr).toContain("Made the list “Sale” (NeW001).");
    expect(made()).toEqual(["POST /connections/c1/lists", "POST /exports"]);

    delete answers["POST /exports"];
    const { stderr } = await create(...whole);
    expect(stderr).toContain("The list “Sale” was made before that");
    expect(stderr).toContain("--list-id NeW001");
  });
});

describe("a mapping's options", () => {
  test.each([
    [["--unmap", "last_name"], "--unmap last_name: it is not mapped. What is: email, first_name."],
    [
      ["--map", "first_name=City", "--unmap", "first_name"],
      "--map and --unmap both name first_name.",
    ],
    [["--map", "title=City", "--map", "title=First"], "--map names title twice."],
  ])("%j contradict themselves or the export", async (options, message) => {
    const { code, stderr } = await cli("exports", "update", "Newsletter", ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(made()).toEqual([]);
  });

  test("a field that the segment lacks is refused in a change too", async () => {
    const { stderr } = await cli("exports", "update", "newsletter", "--map", "title=Job");
    expect(stderr).toMatch(/^fieldMissing: Segment “customers” has no field “Job”\./);
    expect(made()).toEqual([]);
  });
});

describe("names", () => {
  test("an export is shown with the name of its list", async () => {
    expect((await cli("exports", "get", "NEWSLETTER")).stdout).toContain("Weekly (LiSt01)");
    expect((await cli("exports", "list")).stdout).toMatch(/Newsletter .* Weekly/);
  });

  test("the runs of run-all are shown with the names of their exports", async () => {
    answers["POST /runs"] = { items: [{ exportId: "e1", runId: "r1" }] };
    expect((await cli("runs", "start-all")).stdout).toMatch(/^Newsletter +r1$/m);
  });

  test("the audit log names its targets, and is searched by their names", async () => {
    answers["GET /audit"] = {
      items: [
        { target: { kind: "export", id: "e1" } },
        { target: { kind: "export", id: "gone" }, before: { displayName: "Old" } },
      ].map((entry, at) => ({
        ...{ auditId: String(at), at: "2026-11-02T08:00:00.000Z", action: "updateExport" },
        ...{ outcome: "succeeded", actor: { userId: "ann" }, source: { kind: "run" }, ...entry },
      })),
    };
    const { stdout } = await cli("audit", "list", "--target", "newsletter");
    expect(stdout).toContain("export Newsletter");
    expect(stdout).toContain("export Old");
    expect(stub.queries.at(-1)).toContain("target=e1");
  });
});

describe("an empty list", () => {
  test.each([
    [["exports", "list"], /^There is no export\. Make one with: /],
    [["exports", "list", "--search", "x"], /^Nothing matches --search\.$/m],
    [["connections", "list", "--state", "working"], /^Nothing matches --state\.$/m],
    [["audit", "list", "--target", "Shop"], /^Nothing matches --target\.$/m],
    [["audit", "list"], /^The audit log has no entry\.$/m],
  ])("of %j says whether there is nothing, or nothing that matches", async (words, text) => {
    answers["GET /exports"] = { items: [] };
    if (words[0] === "connections") answers["GET /connections"] = { items: [] };
    expect((await cli(...words)).stdout).toMatch(text);
  });
});

describe("a mistake leads to the help of the command at hand", () => {
  test.each([
    [["exports", "create", "--nmae", "x"], "klaviyo-export exports create --help"],
    [["runs", "start"], "klaviyo-export runs start --help"],
    [["exports", "update", "Newsletter"], "klaviyo-export exports update --help"],
    [["nonsense"], "klaviyo-export --help"],
  ])("%j", async (words, help) => {
    const { code, stderr } = await cli(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(`See what there is with: ${help}\n`);
  });

  test("--version prints the version", async () => {
    expect((await cli("--version")).stdout).toBe("0.0.0\n");
  });

  test("no help speaks of a token on the command line", async () => {
    expect((await cli("--help")).stdout).not.toContain("--token ");
  });
});
