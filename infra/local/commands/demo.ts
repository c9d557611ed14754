import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { demoObject, describeDemo } from "../demo/demo-result";
import { demoHelp, readDemoArguments, type DemoOptions } from "../demo/demo-options";
import { runDemo } from "../demo/run-demo";
import { DemoFailure, demoFiles } from "../demo/segment-files";
import { showProgress, silentProgress } from "../demo/show-progress";
import type { KlaviyoSimulator } from "../klaviyo/simulator";
import { startLaptop } from "../laptop";

/** Whether the run did its work. */
async function demo(options: DemoOptions): Promise<boolean> {
  // What can be seen to be wrong at once is said before anything is started.
  await demoFiles(options.source);
  const progress = options.json ? silentProgress : showProgress();
  progress.step("Starting the system and the Klaviyo simulator on this machine");
  const laptop = await startLaptop();
  try {
    const result = await runDemo(laptop, options, progress);
    progress.end();
    if (options.membersFile !== undefined) {
      await writeMembers(laptop.klaviyo, options.membersFile);
    }
    console.log(
      options.json
        ? JSON.stringify(demoObject(result, laptop.klaviyo))
        : describeDemo(result, laptop.klaviyo),
    );
    if (!options.json) console.log("\nTo see it in a browser: npm run local has a console.");
    return ["successful", "completedWithWarnings"].includes(result.run.status);
  } finally {
    await laptop.close();
  }
}

async function writeMembers(klaviyo: KlaviyoSimulator, file: string): Promise<void> {
  const lines = function* (): Iterable<string> {
    for (const email of klaviyo.members(klaviyo.first.listId)) {
      yield `${email}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

function fail(error: unknown, json: boolean): void {
  const code = error instanceof DemoFailure ? error.code : "internalError";
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    console.log(JSON.stringify({ status: "failed", problem: { code, message } }));
  } else {
    console.error(`${code}: ${message}`);
  }
}

async function main(): Promise<number> {
  const given = readDemoArguments(process.argv.slice(2));
  switch (given.kind) {
    case "help":
      console.log(demoHelp);
      return 0;
    case "wrong":
      console.error(`${given.message}\n\n${demoHelp}`);
      return 2;
    case "run":
      try {
        return (await demo(given.options)) ? 0 : 1;
      } catch (error) {
        fail(error, given.options.json);
        return 1;
      }
  }
}

void main().then((code) => {
  // What is still open (a connection that is kept alive) must not keep the process up.
  process.exit(code);
});
