import type { IncomingMessage } from "node:http";
import type { Announcements } from "../emulators/announcements";
import { awsFaultSettingsSchema } from "../faults/fault-rules";
import type { AwsFaults } from "../faults/aws-faults";
import type { EnvironmentResources } from "../environment-resources";
import type { FunctionHost } from "../functions/function-host";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import { readBody } from "../request-body";

export interface ControlOptions {
  readonly functions: FunctionHost;
  readonly resources: EnvironmentResources;
  readonly announcements: Announcements;
  readonly statistics: () => object;
  readonly faults: Pick<AwsFaults, "set" | "struck">;
}

interface Answer {
  readonly status: number;
  readonly content: unknown;
}

/**
 * Lets tests and tools in other processes see and steer the environment. JSON, on loopback:
 *
 * - `GET /statistics`: requests by service and action, and what each function used
 * - `GET /resources`, `GET /outputs`: names of what the stack made
 * - `GET /announcements`: the events and mails so far
 * - `GET /functions`: the functions' settings, without their variables
 * - `GET /logs`, `GET /logs/FUNCTION`: the latest lines
 * - `POST /functions/FUNCTION/invoke`: runs it with the body as event; `?type=event` doesn't wait
 * - `POST /functions/FUNCTION/kill`: kills its processes
 * - `PUT /faults`: faults of the embedded AWS services (faults/fault-rules.ts), in place of those that were
 *   on; `{}` ends them. `GET /faults`: what struck so far, by service and kind
 */
export function startControlEndpoint(options: ControlOptions): Promise<LoopbackServer> {
  return serveOnLoopback((request, response) => {
    answer(request, options)
      .catch((error: unknown): Answer => ({
        status: 400,
        content: { message: error instanceof Error ? error.message : String(error) },
      }))
      .then(({ status, content }) => {
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(JSON.stringify(content));
      })
      .catch(() => response.destroy());
  });
}

async function answer(
  request: IncomingMessage,
  { functions, resources, announcements, statistics, faults }: ControlOptions,
): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://control");
  const [collection = "", name = "", action = ""] = url.pathname
    .slice(1)
    .split("/")
    .map(decodeURIComponent);
  const ok = (content: unknown): Answer => ({ status: 200, content });
  switch (`${request.method ?? "GET"} ${collection}${action === "" ? "" : ` ${action}`}`) {
    case "GET statistics":
      return ok(statistics());
    case "GET resources":
      return ok(resources.list());
    case "GET outputs":
      return ok(resources.outputs);
    case "GET announcements":
      return ok(announcements);
    case "GET functions":
      return ok(
        functions.functions().map(({ environment: _environment, ...settings }) => settings),
      );
    case "GET logs":
      return ok(functions.logs.lines(name === "" ? undefined : name));
    case "POST functions kill":
      return ok({ killed: functions.kill(name) });
    case "GET faults":
      return ok(faults.struck());
    case "PUT faults": {
      const read = await readJson(request);
      if (read.kind === "tooLarge") return tooLarge;
      faults.set(awsFaultSettingsSchema.parse(read.content));
      return ok({});
    }
    case "POST functions invoke": {
      const read = await readJson(request);
      if (read.kind === "tooLarge") return tooLarge;
      const event = read.content;
      if (url.searchParams.get("type") !== "event") return ok(await functions.invoke(name, event));
      functions.invokeAsynchronously(name, event);
      return { status: 202, content: {} };
    }
    default:
      return { status: 404, content: { message: "Not Found" } };
  }
}

const tooLarge: Answer = { status: 413, content: { message: "Too large." } };

/** A request's body as JSON; an empty object when it has none. */
async function readJson(
  request: IncomingMessage,
): Promise<{ kind: "tooLarge" } | { kind: "read"; content: unknown }> {
  const read = await readBody(request);
  if (read.kind === "tooLarge") return { kind: "tooLarge" };
  const text = read.body.toString("utf8");
  return { kind: "read", content: text === "" ? {} : JSON.parse(text) };
}
