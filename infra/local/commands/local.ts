import { rename, writeFile } from "node:fs/promises";
import { buildConsoleWhenStale, CONSOLE_BUNDLE } from "../../console-bundle";
import { localConsole } from "../console/local-console";
import { startLaptop, type Laptop, type LaptopOptions } from "../laptop";
import { localHelp, readLocalArguments } from "./local-options";
import { localText, type LocalSystem } from "./local-text";

/** Where a segment's files are put: a PUT there is all that it takes. */
function segmentsUrl({ environment }: Laptop): string {
  const bucket = environment.resources.outputs["SegmentsBucketName"] ?? "";
  return `${environment.endpoints.s3}/${bucket}/segments`;
}

function describe(
  laptop: Laptop,
): LocalSystem & { readonly aws: object; readonly azure: object | undefined } {
  const { environment, klaviyo } = laptop;
  return {
    console: environment.console?.url ?? null,
    api: environment.apiUrl,
    tokens: environment.tokens,
    klaviyo: {
      url: klaviyo.url,
      apiKey: klaviyo.first.apiKey,
      listId: klaviyo.first.listId,
    },
    control: environment.controlUrl,
    segments: segmentsUrl(laptop),
    aws: environment.endpoints,
    azure: azureOf(laptop),
  };
}

/** Where Azure's storage is, and what lets in: its key, or an app that trusts the functions. */
function azureOf({ environment: { azure } }: Laptop): object | undefined {
  return (
    azure && {
      ...{ url: azure.url, account: azure.account, accountKey: azure.accountKey },
      ...{ tenantId: azure.directory.tenantId, clientId: azure.app.clientId },
    }
  );
}

/** The console's bundle, built if need be. Without one the rest is still good, so that is only said. */
function consoleAt(port: number | undefined): LaptopOptions["console"] {
  if (port === undefined) return undefined;
  try {
    buildConsoleWhenStale();
    return localConsole({ directory: CONSOLE_BUNDLE, port });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Where everything is, as variables of a shell. Holds tokens: its owner alone can read it. */
async function writeEnvironmentFile(laptop: Laptop, file: string): Promise<void> {
  const { environment, klaviyo } = laptop;
  const variables = {
    KLAVIYO_EXPORT_URL: environment.apiUrl,
    KLAVIYO_EXPORT_TOKEN: environment.tokens.administrator,
    KLAVIYO_API_KEY: klaviyo.first.apiKey,
    API: environment.apiUrl,
    TOKEN: environment.tokens.administrator,
    SEGMENTS: segmentsUrl(laptop),
    KEY: klaviyo.first.apiKey,
    LIST: klaviyo.first.listId,
    AZURE: environment.azure?.url ?? "",
    AZURE_ACCOUNT: environment.azure?.account ?? "",
    AZURE_KEY: environment.azure?.accountKey ?? "",
    AZURE_TENANT_ID: environment.azure?.directory.tenantId ?? "",
    AZURE_CLIENT_ID: environment.azure?.app.clientId ?? "",
    CONTRIBUTOR_TOKEN: environment.tokens.contributor,
    VIEWER_TOKEN: environment.tokens.viewer,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  // Put there whole: who waits for the file finds all of it.
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, lines.join(""), { mode: 0o600 });
  await rename(beside, file);
}

/**
 * npm passes a SIGTERM on to the shell that it started, which ends without passing it on. So the
 * end of who started this process counts as one.
 */
function whenOrphaned(action: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, 500);
  timer.unref();
}

async function main(): Promise<void> {
  const given = readLocalArguments(process.argv.slice(2));
  if (given.kind === "help") {
    console.log(localHelp);
    return;
  }
  if (given.kind === "wrong") {
    console.error(`${given.message}\n\n${localHelp}`);
    process.exitCode = 2;
    return;
  }
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
    whenOrphaned(resolve);
  });
  // What it says begins with the console's address, so this is said aside.
  if (!given.json) console.error("Starting…");
  const served = consoleAt(given.consolePort);
  const laptop = await startLaptop({
    port: given.port,
    azureStorage: true,
    awsEndpoint: given.awsEndpoint,
    console: served,
  });
  if (given.envFile !== undefined) await writeEnvironmentFile(laptop, given.envFile);
  if (given.json) console.log(JSON.stringify(describe(laptop)));
  else console.log(localText(describe(laptop), given.envFile));
  await stopped;
  await laptop.close();
}

main().then(
  // What is still open (a connection that a client keeps alive) must not keep the process up.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
