import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Readable } from "node:stream";
import * as z from "zod";
import { faultsSchema } from "../faults/fault-rules";
import { InspectionFailure, type Inspection } from "./inspection";
import { SCOPES } from "../http/operations";

const newKey = z.strictObject({
  key: z
    .string()
    .regex(/^pk_[A-Za-z0-9]{34}$/, "A key is pk_ and 34 letters and digits.")
    .optional(),
  scopes: z.array(z.enum(SCOPES)).optional(),
});
const newList = z.strictObject({ id: z.string().optional(), name: z.string().min(1) });
const newAccount = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9]{6}$/, "An account's id is six letters and digits.")
    .optional(),
  organizationName: z.string().optional(),
  timezone: z.string().optional(),
  keys: z.array(newKey).optional(),
  lists: z.array(newList).optional(),
  windowPhaseMilliseconds: z.number().nonnegative().optional(),
});

interface InspectionRequest {
  readonly inspection: Inspection;
  readonly reset: () => void;
  readonly parts: readonly string[];
  readonly url: URL;
  readonly body: () => Promise<string>;
}

type Handler = (request: InspectionRequest) => unknown;
const LINES_PER_PART = 10_000;

const json = async <T>(request: InspectionRequest, schema: z.ZodType<T>): Promise<T> => {
  const body = await request.body();
  return schema.parse(JSON.parse(body === "" ? "{}" : body));
};
const first = ({ parts }: InspectionRequest): string => parts[0] ?? "";

/** Method and path to what it does; `*` stands for an id. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  "GET statistics": ({ inspection }) => inspection.statistics(),
  "DELETE statistics": ({ inspection }) => inspection.resetStatistics(),
  "GET process": () => {
    const { user, system } = process.cpuUsage();
    return { pid: process.pid, processorSeconds: (user + system) / 1e6 };
  },
  "POST reset": ({ reset }) => reset(),
  "GET accounts": ({ inspection }) => ({ accounts: inspection.accounts() }),
  "POST accounts": async (request) =>
    request.inspection.addAccount(await json(request, newAccount)),
  "POST accounts/*/keys": async (request) =>
    request.inspection.addKey(first(request), await json(request, newKey)),
  "DELETE sign-ins": ({ inspection }) => inspection.endSignIns(),
  "DELETE keys/*": (request) => request.inspection.revokeKey(first(request)),
  "POST accounts/*/lists": async (request) =>
    request.inspection.createList(first(request), await json(request, newList)),
  "POST accounts/*/profiles": async (request) => {
    const emails = (await request.body()).split(/\r?\n/).filter((line) => line !== "");
    const list = request.url.searchParams.get("list") ?? undefined;
    return { created: request.inspection.seedProfiles(first(request), emails, list) };
  },
  "GET lists/*": (request) => request.inspection.list(first(request)),
  "DELETE lists/*": (request) => request.inspection.deleteList(first(request)),
  "GET lists/*/members": (request) => {
    // Fails before the answer begins, when there is no such list.
    request.inspection.list(first(request));
    return Readable.from(inParts(request.inspection.members(first(request))));
  },
  "GET import-jobs": ({ inspection }) => ({ importJobs: inspection.jobs() }),
  "GET subscription-jobs": ({ inspection }) => ({
    subscriptionJobs: inspection.subscriptionJobs(),
  }),
  "GET faults": ({ inspection }) => inspection.faults(),
  "PUT faults": async (request) => {
    request.inspection.setFaults(await json(request, faultsSchema));
    return request.inspection.faults();
  },
  "DELETE faults": ({ inspection }) => inspection.setFaults({}),
};

/**
 * Serves `/simulator/…`, which needs no key and counts nowhere:
 *
 * | Request | Does |
 * |---|---|
 * | GET, DELETE `statistics` | requests per operation and status, import jobs, 429s, duplicates, busy time; sets them to zero |
 * | GET `process` | the process that the simulator runs in, and the processor seconds that this has used |
 * | POST `reset` | puts everything back to how the simulator was started |
 * | GET, POST `accounts` | all accounts with keys, lists and counts; adds one `{id?, organizationName?, keys?, lists?, …}` |
 * | POST `accounts/{id}/keys`, DELETE `keys/{key}` | adds a key `{key?, scopes?}`; revokes one |
 * | POST `accounts/{id}/lists` | adds a list `{id?, name}` |
 * | POST `accounts/{id}/profiles?list={id}` | adds profiles, and puts them on a list; the body has one email a line |
 * | GET, DELETE `lists/{id}` | name and number of members; deletes the list |
 * | GET `lists/{id}/members` | text/plain, one email a line, in order of joining |
 * | GET `import-jobs` | all jobs with state and counts |
 * | GET `subscription-jobs` | all subscribe jobs with their profiles |
 * | GET, PUT, DELETE `faults` | the faults `{seed, rules}` (fault-rules.ts) |
 */
export async function answerInspectionRequest(
  inspection: Inspection,
  reset: () => void,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [, , ...segments] = url.pathname.replace(/\/$/, "").split("/");
  const found = findHandler(`${request.method ?? "GET"} ${segments.join("/")}`);
  try {
    if (found === undefined) throw new InspectionFailure(404, "There is no such path.");
    const { handler, parts } = found;
    const body = () => text(request);
    const answer: unknown = await handler({ inspection, reset, parts, url, body });
    if (answer instanceof Readable) {
      response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" });
      answer.pipe(response);
    } else if (answer === undefined) {
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  } catch (error) {
    const isWrong = error instanceof z.ZodError || error instanceof SyntaxError;
    const status = error instanceof InspectionFailure ? error.status : isWrong ? 400 : 500;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ message: error instanceof Error ? error.message : "Failed." }));
  }
}

function findHandler(asked: string): { handler: Handler; parts: string[] } | undefined {
  for (const [pattern, handler] of Object.entries(HANDLERS)) {
    const expression = new RegExp(`^${pattern.replaceAll("*", "([^/]+)")}$`);
    const parts = expression.exec(asked)?.slice(1);
    if (parts !== undefined) return { handler, parts };
  }
  return undefined;
}

/** Lines in larger pieces: a million small writes would take longer than making the lines. */
function* inParts(lines: Iterable<string>): Iterable<string> {
  let part: string[] = [];
  for (const line of lines) {
    part.push(line);
    if (part.length < LINES_PER_PART) continue;
    yield `${part.join("\n")}\n`;
    part = [];
  }
  if (part.length > 0) yield `${part.join("\n")}\n`;
}
