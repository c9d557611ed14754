import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal } from "../../../shared/domain/runs/run";
import { createAwsClients } from "../provisioning/aws-clients";
import type { Laptop } from "../laptop";
import { ApiError, createApiClient, type ApiClient, type CallFailure } from "../../client/client";
import type { AnswerOf } from "../../client/operations";
import type { DemoOptions } from "./demo-options";
import { DemoFailure, demoFiles, knownEmailField, uploadSegment } from "./segment-files";

type RunAnswer = AnswerOf<"viewRun">;

const SEGMENT = "demo";
const POLL_MILLISECONDS = 150;

/** The demo's connection has a contract for any number that fits this machine. */
const PROFILE_LIMIT = 100_000_000;

export interface DemoResult {
  readonly run: RunAnswer;
  readonly emailField: string;
  /** Whether nobody had named the field: it is the likeliest of the file's. */
  readonly emailFieldSuggested: boolean;
  readonly files: number;
  /** From the request to the end of the run. */
  readonly seconds: number;
  /** First lines of the rejection report, header first; none when there is no report. */
  readonly rejections: readonly string[];
}

/** What happens while the demo runs, for whoever shows it. */
export interface DemoProgress {
  step(text: string): void;
  run(run: RunAnswer): void;
}

/** Does what an administrator would do first: connect, export, run, and look at what came of it. */
export async function runDemo(
  { environment, klaviyo }: Laptop,
  options: DemoOptions,
  progress: DemoProgress,
): Promise<DemoResult> {
  const files = await demoFiles(options.source);
  const api = createApiClient({
    url: environment.apiUrl,
    token: () => environment.tokens.administrator,
    errorOf: failureOf,
  });

  progress.step("Uploading the segment");
  const clients = createAwsClients(environment.endpoints);
  try {
    const bucket = environment.resources.outputs["SegmentsBucketName"] ?? "";
    await uploadSegment(clients.s3, bucket, SEGMENT, files);
  } finally {
    clients.close();
  }

  progress.step("Connecting to Klaviyo");
  const { connectionId } = await api.createConnection({
    body: {
      displayName: "Demo account",
      apiKey: klaviyo.first.apiKey,
      agree: true,
      profileLimit: PROFILE_LIMIT,
    },
  });
  const named = options.emailField ?? knownEmailField(options.source);
  const emailField = named ?? (await suggestEmailField(api));
  const { exportId } = await api.createExport({
    body: {
      displayName: "Demo export",
      connectionId,
      listId: klaviyo.first.listId,
      segments: [SEGMENT],
      mapping: { email: emailField },
    },
  });

  progress.step("Running the export");
  const started = await api.startRun({ path: { exportId } });
  let run = started;
  while (!isTerminal(run.status)) {
    await sleep(POLL_MILLISECONDS);
    run = await api.viewRun({ path: { runId: started.runId } });
    progress.run(run);
  }
  return {
    run,
    emailField,
    emailFieldSuggested: named === undefined,
    files: files.length,
    seconds: run.timings.seconds ?? 0,
    rejections: await firstRejections(api, run),
  };
}

function failureOf(failure: CallFailure): Error {
  switch (failure.kind) {
    case "refused":
      return new DemoFailure(failure.problem.code, failure.problem.detail);
    case "foreign":
      return new DemoFailure("internalError", `The API answered ${failure.status}.`);
    case "unreachable":
      return new ApiError(failure);
  }
}

async function suggestEmailField(api: ApiClient): Promise<string> {
  const { suggestedEmailField, fields } = await api.viewSegment({ path: { segment: SEGMENT } });
  if (suggestedEmailField === undefined) {
    throw new DemoFailure(
      "emailFieldUnknown",
      `No field looks like email addresses; there are ${fields.map(({ name }) => name).join(", ")}. ` +
        "Name the field with --email.",
    );
  }
  return suggestedEmailField;
}

/** Enough of the report to see what it is like. */
const REJECTIONS_SHOWN = 4;

async function firstRejections(api: ApiClient, run: RunAnswer): Promise<readonly string[]> {
  if (run.links.rejections === undefined) {
    return [];
  }
  const { url } = await api.downloadRejections({ path: { runId: run.runId } });
  const response = await fetch(url);
  const text = await response.text();
  return text
    .replace(/^\uFEFF/, "")
    .split("\r\n", REJECTIONS_SHOWN)
    .filter((line) => line !== "");
}
