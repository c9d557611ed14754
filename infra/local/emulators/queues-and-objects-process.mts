// A process of its own: fauxqs is an ES module, and what moves through S3 (hundreds of megabytes
// in a large run) would otherwise block the gateway and the pollers. Node runs this file as it is,
// so it imports no other TypeScript but types.
import { createReadStream, ReadStream, statSync } from "node:fs";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import path from "node:path";
import { buildApp, type BuildAppOptions } from "fauxqs";
import * as z from "zod";
import type { FromParent, ToldRequest, ToParent } from "./queues-and-objects-protocol.ts";

type Stores = NonNullable<BuildAppOptions["stores"]>;
type SqsStore = Stores["sqsStore"];
type S3Store = Stores["s3Store"];

interface SqsStoreClass {
  new (): SqsStore;
  createMessage: (
    body: string,
    attributes: object | undefined,
    delaySeconds: number | undefined,
    messageGroupId: string | undefined,
    deduplicationId: string | undefined,
  ) => unknown;
}
type SnsStoreClass = new () => Stores["snsStore"];
type S3StoreClass = new () => S3Store;
type FilePersistence = NonNullable<S3Store["persistence"]>;
type FilePersistenceClass = new (directory: string) => FilePersistence;

const [objectsDirectory = "", region = "us-east-1", delayFactor = "1"] = process.argv.slice(2);

// The package exports its start function only, which listens on every interface, keeps each object
// in memory and names queues by a host that resolvers don't know. Its parts allow otherwise.
async function load<Part>(path: string, name: string): Promise<Part> {
  const module: unknown = await import(new URL(path, import.meta.resolve("fauxqs")).href);
  const part = z.custom<Part>((value) => typeof value === "function");
  return part.parse(z.looseObject({}).parse(module)[name]);
}

const [SqsStore, SnsStore, S3Store, FilePersistence] = await Promise.all([
  load<SqsStoreClass>("./sqs/sqsStore.js", "SqsStore"),
  load<SnsStoreClass>("./sns/snsStore.js", "SnsStore"),
  load<S3StoreClass>("./s3/s3Store.js", "S3Store"),
  load<FilePersistenceClass>("./s3/fileS3Persistence.js", "FileS3Persistence"),
]);

const sqsStore = new SqsStore();
// With no host of its own, a queue's URL carries the host that the client used.
sqsStore.host = "";
const s3Store = new S3Store();
const persistence = new FilePersistence(objectsDirectory);
s3Store.persistence = persistence;

// fauxqs reads an object whole before it answers. Of a large one that is asked for whole, it gets a stand-in,
// in whose place the file is sent as a stream, as S3 sends it.
const LARGE_OBJECT_BYTES = 4 << 20;
const LARGE_READ_BYTES = 1 << 20;
const standIns = new WeakMap<object, string>();
let isAskedForWhole = false;
const readBody = persistence.readBody.bind(persistence);
persistence.readBody = (bucket, key) => {
  // Other characters are written otherwise in a file's name.
  const file = path.join(objectsDirectory, "buckets", bucket, "objects", `${key}.data`);
  if (!isAskedForWhole || /[^\w./=-]/.test(key) || statSync(file).size < LARGE_OBJECT_BYTES) {
    return readBody(bucket, key);
  }
  const standIn = Buffer.alloc(1);
  standIns.set(standIn, file);
  return standIn;
};

// fauxqs drops the message group of a standard queue's message (fair queues, 2025) and the sender's trace
// header. Attributes are handed through as the same object, so it can carry both to where the message is made.
interface Envelope {
  readonly group: string | undefined;
  readonly traceHeader: string | undefined;
}
const envelopes = new WeakMap<object, Envelope>();
const traceHeaders = new WeakMap<object, string>();
const createMessage = SqsStore.createMessage;
SqsStore.createMessage = (body, attributes, delay, group, deduplication) => {
  const envelope = envelopes.get(attributes ?? {});
  const seconds = delay === undefined ? undefined : delay * Number(delayFactor);
  const message = createMessage(body, attributes, seconds, group ?? envelope?.group, deduplication);
  if (envelope?.traceHeader !== undefined && isRecord(message)) {
    traceHeaders.set(message, envelope.traceHeader);
  }
  return message;
};

const app = buildApp({
  logger: false,
  defaultRegion: region,
  stores: { sqsStore, s3Store, snsStore: new SnsStore() },
});

// 11 MiB is fauxqs's own limit; S3 takes 5 GiB in one request.
app.removeContentTypeParser("*");
app.addContentTypeParser(
  "*",
  { parseAs: "buffer", bodyLimit: 2 ** 30 },
  (_request: unknown, body: unknown, done: (error: null, body: unknown) => void) =>
    done(null, body),
);

// The environment's front admits each request, and may want to know what the service answers.
const waiting = new Map<number, (message: FromParent) => void>();
const watchedRequests = new WeakMap<object, number>();
let lastId = 0;
process.on("message", (message: FromParent) => {
  waiting.get(message.id)?.(message);
  waiting.delete(message.id);
});

function tell(message: ToParent): void {
  process.send?.(message);
}

function ask(message: Extract<ToParent, { readonly id: number }>): Promise<FromParent> {
  return new Promise((resolve) => {
    waiting.set(message.id, resolve);
    tell(message);
  });
}

app.addHook("preHandler", (request, reply, done) => {
  const id = (lastId += 1);
  const body: unknown = request.body;
  const isDeletion = request.method === "POST" && request.raw.url?.includes("?delete") === true;
  const asked = ask({
    kind: "request",
    id,
    ...told(request, Number(request.headers["content-length"] ?? 0)),
    queue: isRecord(body) && typeof request.headers["x-amz-target"] === "string" ? named(body) : {},
    deletion: isDeletion && Buffer.isBuffer(body) ? body.toString("utf8") : undefined,
  });
  void asked.then((answer) => {
    if (answer.kind === "refused") {
      const { status, headers, body: text } = answer.answer;
      reply.code(status).headers(headers);
      reply.send(request.method === "HEAD" ? "" : text);
      return;
    }
    if (answer.kind === "admitted" && answer.watched) watchedRequests.set(request, id);
    done();
  });
});

/** What says which queue a request to SQS is about. */
function named(body: Record<string, unknown>): { QueueUrl?: string; QueueName?: string } {
  return {
    ...(typeof body["QueueUrl"] === "string" ? { QueueUrl: body["QueueUrl"] } : {}),
    ...(typeof body["QueueName"] === "string" ? { QueueName: body["QueueName"] } : {}),
  };
}

app.addHook("preHandler", (request, _reply, done) => {
  // The handler runs at once after this.
  const { method, headers, url } = request;
  isAskedForWhole = method === "GET" && headers.range === undefined && !url.includes("partNumber=");
  const target = request.headers["x-amz-target"];
  const body: unknown = request.body;
  const traceHeader = headers["x-amzn-trace-id"];
  if (typeof target === "string" && target.startsWith("AmazonSQS.Send") && isRecord(body)) {
    const entries: unknown[] = Array.isArray(body["Entries"]) ? body["Entries"] : [];
    for (const entry of [body, ...entries]) {
      if (!isRecord(entry)) continue;
      const attributes = isRecord(entry["MessageAttributes"]) ? entry["MessageAttributes"] : {};
      entry["MessageAttributes"] = attributes;
      const group = entry["MessageGroupId"];
      envelopes.set(attributes, {
        group: typeof group === "string" ? group : undefined,
        traceHeader: typeof traceHeader === "string" ? traceHeader : undefined,
      });
    }
  }
  done();
});

// Given to whoever receives the message, as SQS does with `AWSTraceHeader`.
app.addHook("preSerialization", (request, _reply, payload, done) => {
  const url = isRecord(request.body) ? request.body["QueueUrl"] : undefined;
  const messages = isRecord(payload) ? payload["Messages"] : undefined;
  const queue = typeof url === "string" ? sqsStore.getQueue(url) : undefined;
  for (const message of Array.isArray(messages) ? messages : []) {
    if (!isRecord(message) || !isRecord(message["Attributes"])) continue;
    const entry = queue?.inflightMessages.get(String(message["ReceiptHandle"]));
    const traceHeader = entry === undefined ? undefined : traceHeaders.get(entry.message);
    if (traceHeader !== undefined) message["Attributes"]["AWSTraceHeader"] = traceHeader;
  }
  done(null, payload);
});

app.addHook("onSend", (_request, reply, payload, done) => {
  const file = payload instanceof Buffer ? standIns.get(payload) : undefined;
  if (file === undefined) return done();
  // The handler gives Fastify nothing to tell by that an answer is on its way.
  reply.hijack();
  done(null, createReadStream(file, { highWaterMark: LARGE_READ_BYTES }));
});

// An answer that is watched goes out when its fate is known.
app.addHook("onSend", (request, reply, payload, done) => {
  const id = watchedRequests.get(request);
  if (id === undefined) return done();
  reply.hijack();
  void ask({ kind: "answer", id, status: reply.statusCode }).then((fate) => {
    switch (fate.kind) {
      case "drop":
        request.raw.socket.destroy();
        return;
      case "stall":
        stall(reply, payload);
        return;
      case "replace": {
        for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
        reply.code(fate.answer.status).headers(fate.answer.headers);
        done(null, request.method === "HEAD" ? "" : fate.answer.body);
        return;
      }
      default:
        done(null, payload);
    }
  });
});

/** Sends half of an answer, and nothing more. */
function stall(
  reply: { readonly raw: ServerResponse; readonly statusCode: number; getHeaders(): object },
  payload: unknown,
): void {
  reply.raw.writeHead(reply.statusCode, { ...reply.getHeaders() });
  if (payload instanceof ReadStream) {
    const half = Math.floor(statSync(payload.path).size / 2);
    createReadStream(payload.path, { end: half }).pipe(reply.raw, { end: false });
    payload.destroy();
  } else if (typeof payload === "string" || Buffer.isBuffer(payload)) {
    const bytes = Buffer.from(payload);
    reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
  }
}

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  readonly raw: { readonly url?: string | undefined };
}

function told(request: Told, bytes: number): ToldRequest {
  const {
    "x-amz-target": target,
    "x-amz-copy-source": copySource,
    authorization,
  } = request.headers;
  return {
    target: typeof target === "string" ? target : undefined,
    method: request.method,
    url: request.raw.url ?? "/",
    host: request.headers.host ?? "",
    authorization,
    copySource: typeof copySource === "string" ? copySource : undefined,
    bytes,
  };
}

app.addHook("onResponse", (request, reply, done) => {
  // A HEAD request tells a length of which nothing is sent.
  const bytes = request.method === "HEAD" ? 0 : Number(reply.getHeader("content-length") ?? 0);
  tell({ kind: "answered", ...told(request, bytes) });
  done();
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The parent is gone or done with us. What was being told to it then fails, which says the same.
process.on("disconnect", () => process.exit(0));
process.on("error", () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the parent decides the order of ending.
process.on("SIGINT", () => undefined);

tell({ kind: "listening", url: await app.listen({ port: 0, host: "127.0.0.1" }) });
