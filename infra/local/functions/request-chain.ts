import { createHash, randomBytes } from "node:crypto";

/**
 * Lambda's recursive loop detection. The header `X-Amzn-Trace-Id` carries, besides what X-Ray needs, a
 * `Lineage`: for each function of a chain of requests, a hash of it and how often the chain has invoked it.
 * The AWS SDKs send a function's header on with every call, SQS keeps it with the message
 * (`AWSTraceHeader`), and whoever invokes the next function hands it over (Lambda developer guide, "Use
 * Lambda recursive loop detection to prevent infinite loops").
 */
export interface ChainedRequest {
  /** What the invocation is given as its trace header. */
  readonly header: string;
  /** How often the chain has invoked the function, this time included. */
  readonly invocations: number;
}

/** Lambda stops the next invocation of a function that the same chain has invoked so often. */
export const longestChain = 16;

/**
 * The next request of a chain, or the first of a new one.
 *
 * @param headers trace headers of what the function is given. Of a batch, the longest chain counts: where
 *   AWS says nothing, the environment is the stricter.
 */
export function nextRequest(functionArn: string, headers: readonly string[]): ChainedRequest {
  const lineage = new Map<string, number>();
  for (const header of headers) {
    for (const [hash, count] of lineageOf(header)) {
      lineage.set(hash, Math.max(count, lineage.get(hash) ?? 0));
    }
  }
  const own = hashOf(functionArn);
  const before = lineage.get(own);
  const count = before === undefined ? 0 : before + 1;
  lineage.set(own, count);
  const root = /Root=([^;]+)/.exec(headers[0] ?? "")?.[1] ?? newRoot();
  const encoded = [...lineage].map(([hash, times]) => `${hash}:${String(times)}`).join("|");
  return {
    header: `Root=${root};Parent=${randomBytes(8).toString("hex")};Sampled=0;Lineage=${encoded}`,
    invocations: count + 1,
  };
}

function lineageOf(header: string): (readonly [hash: string, count: number])[] {
  const encoded = /Lineage=([^;]+)/.exec(header)?.[1] ?? "";
  return encoded.split("|").flatMap((entry) => {
    const [, hash, count] = /^([0-9a-f]{8}):(\d+)$/.exec(entry) ?? [];
    return hash === undefined || count === undefined ? [] : [[hash, Number(count)] as const];
  });
}

function hashOf(functionArn: string): string {
  return createHash("sha256").update(functionArn).digest("hex").slice(0, 8);
}

function newRoot(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `1-${seconds}-${randomBytes(12).toString("hex")}`;
}
