import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { EnvironmentOptions } from "../../infra/local/environment-options";
import type { SeparateSimulator } from "../../infra/local/klaviyo/separate-simulator";
import type { KlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import {
  startLaptop,
  startMeasuredLaptop,
  type AnySimulator,
  type Laptop,
  type LaptopOptions,
  type LaptopWith,
} from "../../infra/local/laptop";
import { createAwsClients, type AwsClients } from "../../infra/local/provisioning/aws-clients";
import type { RunOptions } from "../../shared/domain/runs/run-options";
import { isTerminal, type Run } from "../../shared/domain/runs/run";
import { nextStep } from "./next-step";

/** What the API answers, as far as tests look at it. */
export type RunAnswer = Pick<
  Run,
  | "runId"
  | "exportId"
  | "status"
  | "phase"
  | "numbers"
  | "removals"
  | keyof RunOptions
  | "problem"
  | "warnings"
> & { links: { rejections?: string }; progress: { chunks: number | null } };

interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** One row of a rejection report, by column. */
export type RejectionRow = Record<string, string>;

export type StartOptions = Partial<Omit<RunOptions, "mode">>;

/** The whole system with its Klaviyo simulator, as its users meet it. */
export interface System extends SystemWith<KlaviyoSimulator> {
  /** The Klaviyo list's members, sorted. */
  members(listId?: string): string[];
}

/** The same with the simulator in a process of its own, which answers over HTTP. */
export type MeasuredSystem = SystemWith<SeparateSimulator>;

interface SystemWith<Simulator extends AnySimulator> {
  readonly laptop: LaptopWith<Simulator>;
  readonly clients: AwsClients;
  call<Body>(
    method: string,
    path: string,
    options?: { body?: unknown; role?: keyof Laptop["environment"]["tokens"] },
  ): Promise<Answer<Body>>;
  /** Adds files to a segment, or replaces them. */
  putSegment(segment: string, files: Record<string, string | Buffer>): Promise<void>;
  removeSegment(segment: string): Promise<void>;
  createConnection(overrides?: object): Promise<string>;
  createExport(connectionId: string, overrides?: object): Promise<string>;
  startRun(exportId: string, mode?: Run["mode"], options?: StartOptions): Promise<RunAnswer>;
  /** Waits until the run has ended; says where it stood when it does not. */
  ended(runId: string, patienceMilliseconds?: number): Promise<RunAnswer>;
  /** Starts a run and waits for its end. */
  run(exportId: string, mode?: Run["mode"], options?: StartOptions): Promise<RunAnswer>;
  rejections(run: RunAnswer): Promise<RejectionRow[]>;
  /** Every log line of every function. */
  logLines(): string[];
  close(): Promise<void>;
}

let names = 0;

export async function startSystem(options: LaptopOptions = {}): Promise<System> {
  const laptop = await startLaptop(options);
  const { klaviyo } = laptop;
  return {
    ...systemOn(laptop),
    members: (listId = klaviyo.first.listId) => [...klaviyo.members(listId)].sort(),
  };
}

export async function startMeasuredSystem(
  options: EnvironmentOptions = {},
): Promise<MeasuredSystem> {
  return systemOn(await startMeasuredLaptop(options));
}

function systemOn<Simulator extends AnySimulator>(
  laptop: LaptopWith<Simulator>,
): SystemWith<Simulator> {
  const { environment, klaviyo } = laptop;
  const clients = createAwsClients(environment.endpoints);
  const bucket = environment.resources.outputs["SegmentsBucketName"]!;

  const system: SystemWith<Simulator> = {
    laptop,
    clients,
    // The caller says which body a test expects; nothing is checked.
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
    call: async <Body>(
      method: string,
      path: string,
      {
        body,
        role = "administrator",
      }: { body?: unknown; role?: keyof typeof environment.tokens } = {},
    ) => {
      const response = await fetch(`${environment.apiUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${environment.tokens[role]}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === "" ? undefined : JSON.parse(text)) as Body,
      };
    },
    putSegment: async (segment, files) => {
      for (const [name, content] of Object.entries(files)) {
        await clients.s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `segments/${segment}/${name}`,
            Body: Buffer.from(content),
          }),
        );
      }
    },
    removeSegment: async (segment) => {
      const { Contents: found = [] } = await clients.s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: `segments/${segment}/` }),
      );
      for (const { Key } of found) {
        await clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      }
    },
    createConnection: async (overrides = {}) => {
      names += 1;
      const { status, body } = await system.call<{ connectionId: string }>("POST", "/connections", {
        body: {
          displayName: `Account ${names}`,
          apiKey: klaviyo.first.apiKey,
          agree: true,
          sharing: "administratorsAndContributors",
          ...overrides,
        },
      });
      if (status !== 201) {
        throw new Error(`no connection: ${status} ${JSON.stringify(body)}`);
      }
      return body.connectionId;
    },
    createExport: async (connectionId, overrides = {}) => {
      names += 1;
      const { status, body } = await system.call<{ exportId: string }>("POST", "/exports", {
        body: {
          displayName: `Export ${names}`,
          connectionId,
          listId: klaviyo.first.listId,
          segments: ["customers"],
          mapping: { email: "Email" },
          ...overrides,
        },
      });
      if (status !== 201) {
        throw new Error(`no export: ${status} ${JSON.stringify(body)}`);
      }
      return body.exportId;
    },
    startRun: async (exportId, mode, startOptions = {}) => {
      const { status, body } = await system.call<RunAnswer>("POST", `/exports/${exportId}/runs`, {
        body: { mode, ...startOptions },
      });
      if (status !== 202) {
        throw new Error(`no run: ${status} ${JSON.stringify(body)}`);
      }
      return body;
    },
    ended: async (runId, patienceMilliseconds = 240_000) => {
      const giveUpAt = Date.now() + patienceMilliseconds;
      for (;;) {
        const step = nextStep(environment.functions.logs, 500);
        const { body } = await system.call<RunAnswer>("GET", `/runs/${runId}`);
        if (isTerminal(body.status)) {
          return body;
        }
        if (Date.now() > giveUpAt) {
          throw new Error(
            `the run has not ended: ${JSON.stringify(body)}\n${system.logLines().slice(-30).join("\n")}`,
          );
        }
        await step;
      }
    },
    run: async (exportId, mode, startOptions) =>
      system.ended((await system.startRun(exportId, mode, startOptions)).runId),
    rejections: async (run) => {
      if (run.links.rejections === undefined) {
        return [];
      }
      const { body } = await system.call<{ url: string }>("GET", run.links.rejections);
      const response = await fetch(body.url);
      return parseReport(await response.text());
    },
    logLines: () => environment.functions.logs.lines().map(({ text }) => text),
    close: async () => {
      clients.close();
      await laptop.close();
    },
  };
  return system;
}

/** Reads a report as RFC 4180 says, knowing nothing of how it was written. */
export function parseReport(text: string): RejectionRow[] {
  const records: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\uFEFF/, "");
  for (let index = 0; index < body.length; index += 1) {
    const character = body[index]!;
    if (quoted) {
      if (character !== '"') {
        cell += character;
      } else if (body[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else {
        quoted = false;
      }
    } else if (character === '"') {
      quoted = true;
    } else if (character === "," || character === "\n") {
      records.at(-1)!.push(cell);
      cell = "";
      if (character === "\n") {
        records.push([]);
      }
    } else if (character !== "\r") {
      cell += character;
    }
  }
  const [header = [], ...rows] = records.filter((record) => record.length > 0);
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}
