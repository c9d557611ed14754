import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { measures } from "../bench/measures";
import { readBenchOptions } from "../bench/options";
import { readDemoArguments } from "../../infra/local/demo/demo-options";

/**
 * Runs every command of the documents below, in order, in one shell, in a copy of the sources: as a reader
 * would who types them one after another. What can't be run as it stands is listed here, with the reason and
 * with what is run in its place. A command that is neither run nor listed can't be: all others are run.
 */
const documents = [
  "README.md",
  "docs/command-line.md",
  "docs/commands.md",
  "docs/segments/mapping.md",
  "docs/results.md",
  "docs/segments/files.md",
  "docs/sources.md",
  "docs/runs.md",
  "docs/rest-api.md",
  "docs/administration.md",
  "infra/cli/README.md",
  "infra/README.md",
  "docs/contributing.md",
  "test/bench/README.md",
];

interface Exception {
  /** The command, exactly as the document has it. */
  readonly command: string;
  readonly why: string;
  /** What is run in its place; nothing, when there is nothing that it could be replaced with. */
  readonly instead?: string;
  /** Whether it is left running until the end. */
  readonly inBackground?: true;
}

/** They measure for minutes; that their options are understood has a test below. */
const benches = [
  "npm run bench",
  "npm run bench -- --sizes 1000000,10000000 --only speed,growth,memory",
  "npm run bench -- --json",
  "npm run bench -- --only cost",
  "npm run bench -- --only speed --service-times times.json",
  "npm run bench -- --only peers --sizes 1000000",
];

/** A test of this command's own runs the like; that their options are understood has a test below. */
const demos = [
  "npm run demo -- --file customers.csv --email Email",
  "npm run demo -- --profiles 1000000 --members members.txt",
  "npm run demo -- --file customers.csv --email Email --json",
];

const exceptions: readonly Exception[] = [
  ...demos.map((command) => ({ command, why: "a test of its own runs the like" })),
  ...benches.map((command) => ({ command, why: "measures for minutes" })),
  {
    command: "npm run simulate -- --service-times times.json",
    why: "reads what the bench before it would have written",
    instead: "npm run simulate -- --accounts 3 --profiles 100000",
  },
  {
    command: "npm run simulate -- --accounts 100 --profiles 10000000",
    why: "takes long; with fewer profiles it is the same",
    instead: "npm run simulate -- --accounts 10 --profiles 1000000",
  },
  {
    command: "npm ci && npm run demo",
    why: "the packages have been installed, and cannot be installed anew below a running test",
    instead: "npm ci --dry-run --ignore-scripts && npm run demo",
  },
  {
    command: "npm ci && npm test",
    why: "this test is a part of it",
    instead: 'npm pkg get scripts | grep -q \'"test:jest": "jest\'',
  },
  {
    command: "npm run local -- --env local.env",
    why: "stays up until it is ended",
    instead: "npm run local -- --env local.env",
    inBackground: true,
  },
  {
    command:
      "npx klaviyo-export profiles set production --url https://abc123.execute-api.eu-central-1.amazonaws.com --user-pool eu-central-1_AbCdEf123 --client-id 1example23456789",
    why: "run as it stands, but for the variables of local.env, which the reader of a deployed system has not set",
    instead:
      "env -u KLAVIYO_EXPORT_URL -u KLAVIYO_EXPORT_TOKEN npx klaviyo-export profiles set production --url https://abc123.execute-api.eu-central-1.amazonaws.com --user-pool eu-central-1_AbCdEf123 --client-id 1example23456789",
  },
  {
    command: "npx klaviyo-export login --username you@example.com",
    why: "needs a user pool on AWS, and asks for a password",
    instead: "npx klaviyo-export login --help | grep -q -- --username",
  },
  {
    command: "npm run chaos -- --seeds 200",
    why: "takes many minutes; the suite throws seeds of its own",
    instead: "npm pkg get scripts.chaos | grep -q chaos",
  },
  {
    command: "npm run chaos -- --seeds 1 --seed 1017",
    why: "the suite throws seeds of its own; this one shows how one is repeated",
    instead: "npm pkg get scripts.chaos | grep -q chaos",
  },
  {
    command: "npx klaviyo-export runs start Newsletter --reconcile",
    why: "tells how many would leave, and asks; and the export of the next document shares the list, which no mirror does",
    instead:
      "npx klaviyo-export runs start Newsletter --reconcile --yes --watch && npx klaviyo-export exports update Newsletter --sync-mode upsert",
  },
  {
    command: "npm run outages",
    why: "plays hundreds of cases; a test of its own plays some",
    instead: "npm pkg get scripts.outages | grep -q outages",
  },
  {
    command: "npm run histories -- --count 1000",
    why: "takes many minutes; the suite plays seeds of its own",
    instead: "npm pkg get scripts.histories | grep -q histories",
  },
  {
    command: "npm run synth",
    why: "the template has tests of its own, which synthesize it",
    instead: "npm pkg get scripts.synth | grep -q 'cdk synth'",
  },
  {
    command: "npm run deploy -- -c stage=dev",
    why: "needs an AWS account",
    instead:
      "npm pkg get scripts.deploy | grep -q commands/deploy && grep -q 'deploy' infra/commands/deploy.ts",
  },
  {
    command: "npm ci",
    why: "the packages have been installed, and cannot be installed anew below a running test",
    instead: "npm ci --dry-run --ignore-scripts",
  },
  {
    command: "npx cdk bootstrap",
    why: "needs an AWS account",
    instead: "npx cdk bootstrap --help | grep -q bootstrap",
  },
  ...[
    'aws cognito-idp admin-create-user --user-pool-id "$USER_POOL_ID" --username ada@example.com --user-attributes Name=email,Value=ada@example.com Name=email_verified,Value=true',
    'aws cognito-idp admin-add-user-to-group --user-pool-id "$USER_POOL_ID" --username ada@example.com --group-name Administrator',
    'aws cognito-idp forgot-password --client-id "$USER_POOL_CLIENT_ID" --username ada@example.com',
    "aws cognito-idp confirm-forgot-password --client-id \"$USER_POOL_CLIENT_ID\" --username ada@example.com --confirmation-code 123456 --password 'a new one'",
    'aws cognito-idp admin-update-user-attributes --user-pool-id "$USER_POOL_ID" --username ada@example.com --user-attributes Name=email,Value=ada@example.com Name=email_verified,Value=true',
    "aws cognito-idp admin-set-user-password --user-pool-id \"$USER_POOL_ID\" --username ada@example.com --password 'a temporary one'",
    'aws s3 cp customers.csv "s3://$SEGMENTS_BUCKET/segments/customers/customers.csv"',
  ].map((command) => ({ command, why: "needs an AWS account and its command line" })),
];

/** What the documents take for granted: a file of the reader's own, for the demo. */
const readersFiles = { "customers.csv": "Email,Name\nann@example.org,Ann\nbob@example.org,Bob\n" };

const projectDirectory = path.resolve(__dirname, "../..");
const PATIENCE_MILLISECONDS = 240_000;

interface Block {
  readonly document: string;
  readonly line: number;
  readonly text: string;
}

/** The fenced blocks that are commands. */
function blocksOf(document: string): Block[] {
  const lines = readFileSync(path.join(projectDirectory, document), "utf8").split("\n");
  const blocks: Block[] = [];
  let open: { line: number; lines: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    if (open === undefined) {
      if (/^```(?:sh|bash|shell|console)\s*$/.test(line)) open = { line: index + 2, lines: [] };
    } else if (line.startsWith("```")) {
      blocks.push({ document, line: open.line, text: open.lines.join("\n") });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  return blocks;
}

const blocks = documents.flatMap(blocksOf);

/** The block as it is run: commands that are listed are replaced. */
function runnable({ text }: Block): string {
  return text
    .split("\n")
    .map((line) => {
      const exception = exceptions.find(({ command }) => command === line.trim());
      if (exception === undefined) return line;
      const instead = exception.instead ?? ":";
      return exception.inBackground === true
        ? `${instead} > background.log 2>&1 & BACKGROUND="$BACKGROUND $!"; export BACKGROUND; wait_until_up`
        : instead;
    })
    .join("\n");
}

/** A shell that runs one block after another, and ends at the first command that fails. */
class Shell {
  private readonly child: ChildProcess;
  private output = "";
  private ended = false;

  constructor(private readonly directory: string) {
    this.child = spawn("bash", ["--noprofile", "--norc", "-s"], {
      cwd: directory,
      env: readersEnvironment(directory),
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    this.child.stdout!.on("data", (data: Buffer) => (this.output += data.toString()));
    this.child.stderr!.on("data", (data: Buffer) => (this.output += data.toString()));
    this.child.once("exit", () => (this.ended = true));
    this.write("set -eo pipefail");
    // npx takes ten times as long to find the command as the command takes; `env … npx` still goes through it.
    this.write(
      'npx() { [ "$1" = klaviyo-export ] || { command npx "$@"; return; }; shift; node infra/cli/bin.mjs "$@"; }',
    );
    this.write(
      "wait_until_up() { for _ in $(seq 600); do [ -e local.env ] && return 0; sleep 0.2; done; cat background.log; return 1; }",
    );
  }

  /** What the block printed. Throws what it printed, when one of its commands failed. */
  async run(name: string, text: string): Promise<string> {
    const file = path.join(this.directory, "..", `${name}.sh`);
    writeFileSync(file, `${text}\n`);
    this.output = "";
    const marker = `--- ${name} ended ---`;
    // No command may take the shell's own input for its own.
    this.write(`. '${file}' < /dev/null; echo; echo '${marker}'`);
    const giveUpAt = Date.now() + PATIENCE_MILLISECONDS;
    while (!this.output.includes(marker)) {
      if (this.ended || Date.now() > giveUpAt) {
        throw new Error(
          `${this.ended ? "a command failed" : "it takes too long"}:\n${text}\n\n${this.output}`,
        );
      }
      await sleep(50);
    }
    return this.output.replace(marker, "");
  }

  /** Ends the shell, and what it left running. */
  close(): void {
    try {
      process.kill(-this.child.pid!, "SIGTERM");
    } catch {
      // It has ended, and with it what it started.
    }
  }

  private write(line: string): void {
    this.child.stdin!.write(`${line}\n`);
  }
}

/** A new user's: nothing of this machine's settings but what programs need to be found. */
function readersEnvironment(directory: string): NodeJS.ProcessEnv {
  const home = path.join(directory, "..", "home");
  mkdirSync(home, { recursive: true });
  return { PATH: process.env["PATH"], HOME: home, LANG: "C.UTF-8" };
}

/** The sources as they lie here, with what has been changed and not committed, and without what git ignores. */
function copySources(directory: string): void {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: projectDirectory,
    encoding: "utf8",
  })
    .split("\0")
    .filter((file) => file !== "" && existsSync(path.join(projectDirectory, file)));
  for (const file of files) {
    cpSync(path.join(projectDirectory, file), path.join(directory, file), { recursive: true });
  }
  symlinkSync(path.join(projectDirectory, "node_modules"), path.join(directory, "node_modules"));
  // What was synthesized of the same sources need not be synthesized again.
  mkdirSync(path.join(projectDirectory, "cdk.out/local"), { recursive: true });
  mkdirSync(path.join(directory, "cdk.out"));
  symlinkSync(path.join(projectDirectory, "cdk.out/local"), path.join(directory, "cdk.out/local"));
  for (const [name, content] of Object.entries(readersFiles)) {
    writeFileSync(path.join(directory, name), content);
  }
}

describe("the commands in the documents", () => {
  let parent: string;
  let shell: Shell;
  const printed = new Map<string, string>();

  beforeAll(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), "readme-test-"));
    const directory = path.join(parent, "sources");
    mkdirSync(directory);
    copySources(directory);
    shell = new Shell(directory);
  });
  afterAll(async () => {
    shell.close();
    await sleep(1_000);
    rmSync(parent, { recursive: true, force: true });
  });

  it.each(blocks.map((block, index) => ({ ...block, index })))(
    "run: $document, line $line",
    async (block) => {
      printed.set(block.text, await shell.run(`block-${block.index}`, runnable(block)));
    },
    PATIENCE_MILLISECONDS + 10_000,
  );

  const printedBy = (part: string): string =>
    [...printed].find(([text]) => text.includes(part))?.[1] ?? "";

  it("do what a new user came for first: the demo, and its account", () => {
    const demo = printedBy("npm run demo");
    expect(demo).toMatch(/^Run \w+ ended completedWithWarnings after [\d.]+ s\.$/m);
    expect(demo).toMatch(/^ {2}rows +1,200 {2}rows in the segment's files$/m);
    expect(demo).toMatch(/^List “Newsletter” \(\w+\) has [\d,]+ members, by field “Email”:$/m);
    expect(demo).toMatch(/asked 0 times for patience/);
  });

  it("do what a new user came for: a run with its account, and the rows that were rejected", () => {
    expect(printedBy("runs start Newsletter --watch")).toMatch(
      /^ +imported +2 {2}Klaviyo imported$/m,
    );
    expect(printedBy("rejections Newsletter")).toMatch(/emailInvalid/);
  });

  it("apply a file, and the second time say that there is nothing to change", () => {
    const lines = printedBy("apply -f exports.yaml").split("\n");
    expect(lines.filter((line) => line === "Nothing to change.")).toHaveLength(2);
    expect(lines).toContain("~ export Newsletter");
  });

  it.each(benches)("is understood by the bench: %s", (command) => {
    const [, parameters = ""] = command.split(" -- ");
    const { only } = readBenchOptions(parameters.split(" ").filter((word) => word !== ""));
    expect(measures.map(({ name }) => name)).toEqual(expect.arrayContaining(only));
  });

  it.each(demos)("is understood by the demo: %s", (command) => {
    const [, parameters = ""] = command.split(" -- ");
    expect(readDemoArguments(parameters.split(" "))).toMatchObject({ kind: "run" });
  });

  it("are all there that are listed as exceptions", () => {
    const lines = blocks.flatMap(({ text }) => text.split("\n").map((line) => line.trim()));
    for (const { command } of exceptions) {
      expect(lines).toContain(command);
    }
  });
});
