import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ApiKeySession, ListsApi, ProfilesApi, RetryWithExponentialBackoff } from "klaviyo-api";
import type { RunNumbers } from "../../../shared/domain/runs/run";
import { npmRun } from "../../support/commands/npm-run";

const projectDirectory = path.resolve(__dirname, "../../..");

interface DemoObject {
  readonly status: string;
  readonly numbers: RunNumbers;
  readonly list: { id: string; members: number };
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), "demo-test-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});
const inDirectory = (name: string): string => path.join(directory, name);

// What it prints for a person, the test of the documents' commands looks at.
describe("npm run demo", () => {
  it("puts exactly the distinct valid emails of a messy file on the list", async () => {
    const file = inDirectory("Kundenliste März.csv");
    writeFileSync(
      file,
      [
        '\uFEFF"Name ";E-Mail Adresse;"select"',
        '"Müller, ""Jo""\nzweite Zeile";JO@Example.org;1',
        "",
        "kurz",
        "Ann;  ann@example.org ;x;too;many;cells",
        '"Name ";E-Mail Adresse;"select"',
        "Bob;not an email;",
        "Cy;;",
        "Jo again;jo@example.org;",
        'Åse;"ase@example.org";',
      ].join("\r\n"),
    );

    const { code, stdout } = await npmRun(
      "demo",
      "--file",
      file,
      "--email",
      "E-Mail Adresse",
      "--members",
      inDirectory("members.txt"),
      "--json",
    );

    expect(code).toBe(0);
    const result = JSON.parse(stdout.trim().split("\n").at(-1)!) as DemoObject;
    expect(result.status).toBe("completedWithWarnings");
    expect(result.numbers).toEqual({
      rows: 7,
      blank: 2,
      invalid: 1,
      duplicates: 1,
      members: 3,
      unchanged: 0,
      imported: 3,
      refused: 0,
      unsent: 0,
    });
    expect(readFileSync(inDirectory("members.txt"), "utf8").trim().split("\n").sort()).toEqual([
      "ann@example.org",
      "ase@example.org",
      "jo@example.org",
    ]);
    expect(result.list.members).toBe(3);
  });

  it("ends with a code and a sentence when the file is missing", async () => {
    const { code, stdout, stderr } = await npmRun("demo", "--file", inDirectory("nowhere.csv"));
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^fileMissing: There is no file .*nowhere\.csv\. Check /m);
  });
});

describe("npm run local -- --json", () => {
  it("prints where everything is, for Klaviyo's official client too, and ends when it is told to", async () => {
    const child = spawn("npm", ["run", "--silent", "local", "--", "--json"], {
      cwd: projectDirectory,
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    try {
      const [line] = (await new Promise<string[]>((resolve) => {
        createInterface(child.stdout).once("line", (text) => resolve([text]));
      })) as [string];
      const { api, tokens, klaviyo } = JSON.parse(line) as {
        api: string;
        tokens: Record<"administrator" | "contributor" | "viewer", string>;
        klaviyo: { url: string; apiKey: string };
      };
      for (const token of [tokens.administrator, tokens.contributor, tokens.viewer]) {
        const answer = await fetch(`${api}/exports`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(answer.status).toBe(200);
      }
      expect((await fetch(`${api}/exports`)).status).toBe(401);

      const session = new ApiKeySession(
        klaviyo.apiKey,
        new RetryWithExponentialBackoff({ numRetries: 1 }),
      );
      const lists = new ListsApi(session);
      const profiles = new ProfilesApi(session);
      lists.basePath = klaviyo.url;
      profiles.basePath = klaviyo.url;
      const listId = (await lists.getLists()).body.data[0]!.id;
      const job = await profiles.bulkImportProfiles({
        data: {
          type: "profile-bulk-import-job",
          attributes: {
            profiles: { data: [{ type: "profile", attributes: { email: "ann@example.org" } }] },
          },
          relationships: { lists: { data: [{ type: "list", id: listId }] } },
        },
      });
      for (;;) {
        const { body } = await profiles.getBulkImportProfilesJob(job.body.data.id);
        if (String(body.data.attributes.status) === "complete") {
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      const members = await lists.getProfilesForList(listId);
      expect(members.body.data.map(({ attributes }) => attributes.email)).toEqual([
        "ann@example.org",
      ]);
    } finally {
      child.kill("SIGTERM");
    }
    await ended;
  });
});
