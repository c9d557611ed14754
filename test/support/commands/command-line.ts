import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pc from "picocolors";
import { runCommand } from "../../../infra/cli/main";
import type { Prompts } from "../../../infra/cli/terminal/prompts";
import type { CliResult } from "./cli";

/** What an API of a few routes answers: a body as JSON, or a whole answer. */
export type StubAnswers = Readonly<Record<string, unknown>>;

/** Answers of a stub that are not JSON. */
export class RawAnswer {
  constructor(
    readonly status: number,
    readonly text: string,
    /** Says that more follows, and breaks off. */
    readonly breaksOff = false,
  ) {}
}

export interface StubApi {
  readonly url: string;
  /** Every request, as `GET /exports`, without its query. */
  readonly requests: string[];
  /** The query of each request. */
  readonly queries: string[];
  /** The body of each request that has one, as it came. */
  readonly bodies: string[];
  close(): Promise<void>;
}

/** An API that answers what it is told, and `notFound` to the rest. */
export async function startStubApi(answers: StubAnswers): Promise<StubApi> {
  const requests: string[] = [];
  const queries: string[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const route = `${request.method} ${request.url!.split("?")[0]}`;
    requests.push(route);
    queries.push(request.url!.split("?")[1] ?? "");
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => void (body += part));
    request.on("end", () => body !== "" && bodies.push(body));
    const answer = answers[route];
    if (answer instanceof RawAnswer) {
      const { status, text, breaksOff } = answer;
      response.writeHead(status, {
        "content-length": Buffer.byteLength(text) + (breaksOff ? 1 : 0),
      });
      response.write(text, () => (breaksOff ? response.destroy() : response.end()));
      return;
    }
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { code: "notFound", detail: `no ${route}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    queries,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * Runs one command line in this process.
 *
 * @param person who sits at the terminal. @default nobody
 * @param onNote is told what is noted, as it comes
 */
export async function runInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  person?: Prompts,
  onNote: (text: string) => void = () => {},
): Promise<CliResult> {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await runCommand(
    {
      ...{
        env: { KLAVIYO_EXPORT_CONFIG_DIR: "/nowhere", ...env },
        interactive: person !== undefined,
        drawsProgress: false,
        columns: undefined,
        noteColumns: undefined,
      },
      ...{ colors: pc.createColors(false), noteColors: pc.createColors(false) },
      print: (text) => void printed.push(`${text}\n`),
      note: (text) => {
        noted.push(`${text}\n`);
        onNote(text);
      },
      readStandardInput: async () => "",
      prompts: person ?? ({} as Prompts),
    },
    args,
  );
  return { code, stdout: printed.join(""), stderr: noted.join("") };
}
