import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createCli, type Cli } from "../../support/commands/cli";
import { sharedSystem } from "../../support/shared-system";
import type { System } from "../../support/system";

let system: System;
let cli: Cli;
let key: string;
const inSettings = (name: string): string => path.join(cli.settings, name);

beforeAll(async () => {
  system = await sharedSystem();
  key = system.laptop.klaviyo.first.apiKey;
  cli = createCli();
  await system.putSegment("customers", {
    "customers.csv": "Email,Name\nann@example.org,Ann\nbob@example.org,Bob\n,Nobody\nwrong,Carl\n",
  });
});
afterAll(() => rmSync(cli.settings, { recursive: true }));

const token = (role: "administrator" | "contributor" | "viewer"): string =>
  system.laptop.environment.tokens[role];

describe("klaviyo-export against a system", () => {
  it("says what to do when no environment has been chosen", async () => {
    const { code, stderr } = await cli(["exports", "list"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^noProfile: .*klaviyo-export profiles set NAME --url URL/);
  });

  it("keeps a profile and its token, which others on the machine can't read", async () => {
    const { code } = await cli(
      ["profiles", "set", "test", "--url", system.laptop.environment.apiUrl, "--token-stdin"],
      { input: token("administrator") },
    );
    expect(code).toBe(0);
    expect(statSync(inSettings("credentials.json")).mode & 0o777).toBe(0o600);
    expect(readFileSync(inSettings("profiles.json"), "utf8")).not.toContain(token("administrator"));

    const who = await cli(["whoami", "-o", "json"]);
    expect(JSON.parse(who.stdout)).toMatchObject({
      ...{ profile: "test", role: "Administrator" },
      actions: { createConnection: "all", viewAudit: "all" },
    });
  });

  it("makes a connection and an export, and finds the list by its name", async () => {
    const connection = await cli(
      ["connections", "create", "--name", "Shop", "--api-key-stdin", "--agree", "-o", "json"],
      { input: `${key}\n` },
    );
    expect(connection.stderr).toMatch(/^Connected to /);
    expect(JSON.parse(connection.stdout)).toMatchObject({
      displayName: "Shop",
      state: "neverUsed",
    });

    const made = await cli([
      ...["exports", "create", "--name", "Newsletter", "--connection", "shop"],
      ...["--list-name", "Winter sale", "--segment", "customers", "--email", "Email", "-o", "json"],
    ]);
    expect(made.code).toBe(0);
    const shown = JSON.parse(made.stdout) as { listId: string };
    expect(system.laptop.klaviyo.list(shown.listId).name).toBe("Winter sale");
  });

  it("runs it, shows each phase on its way and the account at the end", async () => {
    const { code, stdout, stderr } = await cli(["runs", "start", "Newsletter", "--watch"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Started run \w+ of “Newsletter”\.$/m);
    expect(stdout).toMatch(/^Run \w+ ended completedWithWarnings after [\d.]+ s\.$/m);
    expect(stdout).toMatch(/^ {2}rows +4 {2}rows in the segments' files$/m);
    expect(stdout).toMatch(/^ {4}imported +2 {2}Klaviyo imported$/m);
  });

  it("ends with a code of its own when rejections are to count as a failure", async () => {
    const { code } = await cli(["runs", "watch", "Newsletter", "--fail-on-rejections"]);
    expect(code).toBe(13);
  });

  it("shows the rejections, filters them, and writes the report to a file", async () => {
    const all = await cli(["rejections", "Newsletter", "-o", "json"]);
    expect(JSON.parse(all.stdout)).toMatchObject([
      { row: "3", category: "blank", code: "emailBlank" },
      { row: "4", category: "invalid", code: "emailInvalid", email: "wrong" },
    ]);
    const blank = await cli(["rejections", "Newsletter", "--category", "blank"]);
    expect(blank.stdout).toContain("emailBlank");
    expect(blank.stdout).not.toContain("emailInvalid");

    const file = inSettings("rejections.csv");
    expect((await cli(["rejections", "Newsletter", "--output-file", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("segment,file,row,email,category");
  });

  it.each([
    [["runs", "list", "Newsletter", "--status", "completedWithWarnings"], 1],
    [["runs", "list", "Newsletter", "--status", "failed"], 0],
    [["runs", "list", "Newsletter", "--from", "2026-01-01", "--sort", "requestedAt"], 1],
    [["exports", "list", "--connection", "shop", "--last-run-status", "completedWithWarnings"], 1],
    [["exports", "list", "--segment", "customers", "--detached", "true"], 0],
    [["connections", "list", "--state", "working", "--sort", "-displayName"], 1],
    [["connections", "list", "--search", "no such"], 0],
  ])("lists only what it is asked for: %j", async (words, count) => {
    const { code, stdout } = await cli([...words, "-o", "json"]);

    expect([code, JSON.parse(stdout)]).toEqual([0, Array(count).fill(expect.anything())]);
  });

  it("does not let a viewer start a run or read personal data, and says who may", async () => {
    const env = {
      KLAVIYO_EXPORT_URL: system.laptop.environment.apiUrl,
      KLAVIYO_EXPORT_TOKEN: token("viewer"),
    };
    const started = await cli(["runs", "start", "Newsletter"], { env });
    expect(started.code).toBe(3);
    expect(started.stderr).toMatch(/^notPermitted: Your role does not allow this: it takes \w+/m);
    expect((await cli(["rejections", "Newsletter"], { env })).code).toBe(3);
    expect((await cli(["exports", "list"], { env })).code).toBe(0);
  });

  it("does not send a profile's token to an address that was given", async () => {
    const { code, stderr } = await cli(["exports", "list", "--url", "http://127.0.0.1:9"]);
    expect(code).toBe(3);
    expect(stderr).toContain("An address was given without a token");
  });

  it.each<[string, () => string[], number, RegExp]>([
    [
      "a token that is none",
      () => ["exports", "list", "--token", "abc"],
      3,
      /^notAuthenticated: /m,
    ],
    ["an export that is not there", () => ["exports", "get", "Nope"], 4, /^exportNotFound: /m],
    [
      "a name that is taken",
      () => ["connections", "create", "--name", "Shop", "--api-key-env", "KEY", "--agree"],
      5,
      /^displayNameTaken: /m,
    ],
    [
      "a connection in use",
      () => ["connections", "delete", "Shop", "--yes"],
      5,
      /^connectionInUse: /m,
    ],
    [
      "a segment that is not there",
      () => ["exports", "update", "Newsletter", "--segment", "nobody"],
      4,
      /^segmentMissing: There is no segment called “nobody”\. .*klaviyo-export segments list$/m,
    ],
    ["a missing option", () => ["exports", "create", "--name", "X"], 2, /--connection is missing/],
    [
      "a question that nobody can answer",
      () => ["exports", "delete", "Newsletter"],
      2,
      /--yes is missing/,
    ],
    ["an unknown option", () => ["exports", "list", "--colour"], 2, /unknown option '--colour'/],
  ])("ends with its own code for %s", async (_what, args, expected, text) => {
    const { code, stdout, stderr } = await cli(args(), { env: { KEY: key } });
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
    expect(stderr).toMatch(text);
    expect(stderr).not.toContain(key);
  });

  it("gives programs an error as JSON", async () => {
    const { stderr } = await cli(["exports", "get", "Nope", "-o", "json"]);
    expect(JSON.parse(stderr)).toMatchObject({ problem: { code: "exportNotFound" } });
  });

  it("says so when nothing, or something else, answers at the address", async () => {
    const nothing = await cli([
      "exports",
      "list",
      "--url",
      "http://127.0.0.1:59999",
      "--token",
      "x",
    ]);
    expect(nothing.code).toBe(7);
    expect(nothing.stderr).toMatch(/^apiUnreachable: .*ECONNREFUSED/);

    const other = await cli([
      "exports",
      "list",
      "--url",
      system.laptop.klaviyo.url,
      "--token",
      "x",
    ]);
    expect(other.code).toBe(7);
    expect(other.stderr).toMatch(/^notTheApi: /);
  });

  it("completes commands, options and profiles in bash", async () => {
    const { stdout: script } = await cli(["completion", "bash"]);
    writeFileSync(inSettings("completion.bash"), script);
    const completed = (words: string): string[] =>
      execFileSync(
        "bash",
        [
          "-c",
          `. '${inSettings("completion.bash")}'
           COMP_WORDS=(${words} ''); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
           COMP_LINE="${words} "; COMP_POINT=\${#COMP_LINE}
           $(complete -p klaviyo-export | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2>/dev/null
           printf '%s\\n' "\${COMPREPLY[@]}"`,
        ],
        {
          encoding: "utf8",
          env: { PATH: process.env["PATH"], KLAVIYO_EXPORT_CONFIG_DIR: cli.settings },
        },
      )
        .split("\n")
        .map((line) => line.split(/\s/)[0]!)
        .filter((line) => line !== "");
    expect(completed("klaviyo-export runs")).toEqual(
      expect.arrayContaining(["start", "start-all", "list", "get", "watch", "cancel"]),
    );
    expect(completed("klaviyo-export profiles use")).toEqual(["test"]);
  });
});

describe("klaviyo-export apply", () => {
  const file = (): string => inSettings("exports.yaml");
  const apply = (...args: string[]): ReturnType<Cli> =>
    cli(["apply", "-f", file(), ...args], { env: { SECOND_KEY: key } });

  it("has nothing to change in what get has written", async () => {
    writeFileSync(file(), (await cli(["get", "all", "-o", "yaml"])).stdout);
    expect(readFileSync(file(), "utf8")).toMatch(/id: \w+ # Winter sale$/m);
    expect((await apply()).stdout).toBe("Nothing to change.\n");
  });

  it("shows what it would do, does it when told to, and the second time says that there is nothing", async () => {
    writeFileSync(
      file(),
      `connections:
  - displayName: Second
    apiKey: { env: SECOND_KEY }
    agree: true
    sharing: administratorsAndContributors
exports:
  - displayName: Newsletter
    connection: Second
    list: { name: Newsletter }
    segments: [customers]
    mapping: { email: Email }
    schedule: { mode: own, recurrence: { frequency: daily, times: ["06:00"], timeZone: Europe/Berlin } }
  - displayName: Brand new
    connection: Second
    list: { name: Made by apply, create: true }
    segments: [customers]
    mapping: { email: Email }
schedule: { active: true, recurrence: { frequency: weekly, days: [monday], times: ["05:00"], timeZone: UTC } }
`,
    );

    const planned = await apply("--dry-run");
    expect(planned.stdout).toContain("+ connection Second");
    expect(planned.stdout).toContain("    connection: Shop → Second");
    expect(planned.stdout).toContain("To create: 2, to change: 2, to delete: 0, unchanged: 0.");
    const { body: before } = await system.call<{ items: unknown[] }>("GET", "/exports");
    expect(before.items).toHaveLength(1);

    expect((await apply("--yes")).code).toBe(0);
    const { body: after } = await system.call<{
      items: { displayName: string; connection: { displayName: string }; schedule: object }[];
    }>("GET", "/exports");
    expect(after.items).toHaveLength(2);
    expect(after.items.find(({ displayName }) => displayName === "Newsletter")).toMatchObject({
      connection: { displayName: "Second" },
      schedule: { mode: "own", recurrence: { times: ["06:00"] } },
    });

    expect(await apply("--yes")).toMatchObject({ code: 0, stdout: "Nothing to change.\n" });
  });

  it("keeps keys out of files that it writes", async () => {
    const { stdout } = await cli(["get", "all"]);
    expect(stdout).not.toContain(key);
  });

  it("deletes what a section does not name only when told to", async () => {
    writeFileSync(file(), "exports: []\n");
    expect((await apply("--yes")).stdout).toBe("Nothing to change.\n");
    const pruned = await apply("--prune", "--dry-run");
    expect(pruned.stdout).toContain("- export Newsletter");
    expect(pruned.stdout).not.toContain("- connection");
    expect((await apply("--prune", "--yes")).code).toBe(0);
    expect((await cli(["exports", "list", "-o", "json"])).stdout).toBe("[]\n");
  });

  it("names every fault of a file with its line, and changes nothing", async () => {
    writeFileSync(
      file(),
      "exports:\n  - displayName: X\n    conection: Shop\n    list: { id: AbC123 }\n    segments: [customers]\n    mapping:\n      emial: Email\n",
    );
    const { code, stderr } = await apply("--yes");
    expect(code).toBe(6);
    expect(stderr).toContain(`${file()}:3: exports[0].conection: there is no such field`);
    expect(stderr).toContain(`${file()}:6: exports[0].mapping.email: is required`);
  });

  it("does not make a connection without a key or a consent", async () => {
    writeFileSync(file(), "connections:\n  - displayName: Third\n");
    const { code, stderr } = await apply("--yes");
    expect(code).toBe(6);
    expect(stderr).toMatch(/^connectionIncomplete: .*apiKey: \{env: VARIABLE\}/);
  });
});
