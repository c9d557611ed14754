import type { Endpoint } from "./endpoint";
import { accountEndpoints } from "../endpoints/accounts";
import { importJobContentEndpoints } from "../endpoints/import-job-contents";
import { importJobEndpoints } from "../endpoints/import-jobs";
import { listMemberEndpoints } from "../endpoints/list-members";
import { listEndpoints } from "../endpoints/lists";
import { profileEndpoints } from "../endpoints/profiles";
import { subscriptionEndpoints } from "../endpoints/subscriptions";
import { notSimulated } from "./not-simulated";

const ENDPOINTS: readonly Endpoint[] = [
  ...accountEndpoints,
  ...listEndpoints,
  ...listMemberEndpoints,
  ...profileEndpoints,
  ...importJobEndpoints,
  ...importJobContentEndpoints,
  ...subscriptionEndpoints,
];

const NOT_SIMULATED = notSimulated.map(([operation, method, path]) => ({
  operation,
  method,
  segments: path.split("/"),
}));

interface Template {
  readonly segments: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

const TEMPLATES: readonly Template[] = Object.entries(
  Object.groupBy(ENDPOINTS, (endpoint) => endpoint.path),
).map(([path, endpoints = []]) => ({ segments: path.split("/"), endpoints }));

export type Route =
  | { readonly kind: "found"; readonly endpoint: Endpoint; readonly id: string }
  /** The document has the operation, and the simulator has it not. */
  | { readonly kind: "notSimulated"; readonly operation: string }
  | { readonly kind: "wrongMethod"; readonly allowed: readonly string[] }
  | { readonly kind: "unknown" };

/** Finds the operation for a method and a path; a slash at the path's end makes no difference. */
export function findRoute(method: string, path: string): Route {
  const [root, ...segments] = path.replace(/^\/|\/$/g, "").split("/");
  if (root !== "api") return { kind: "unknown" };
  const missing = NOT_SIMULATED.find(
    (known) => known.method === method && match(known.segments, segments) !== undefined,
  );
  if (missing !== undefined) return { kind: "notSimulated", operation: missing.operation };
  for (const template of TEMPLATES) {
    const id = match(template.segments, segments);
    if (id === undefined) continue;
    const endpoint = template.endpoints.find((candidate) => candidate.method === method);
    if (endpoint !== undefined) return { kind: "found", endpoint, id };
    return { kind: "wrongMethod", allowed: template.endpoints.map(({ method: known }) => known) };
  }
  return { kind: "unknown" };
}

/** The text in the place of `{id}` (empty when there is none), or undefined for another path. */
function match(template: readonly string[], segments: readonly string[]): string | undefined {
  if (template.length !== segments.length) return undefined;
  let id = "";
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? "";
    if (expected === "{id}") id = decode(segment);
    else if (expected !== segment) return undefined;
  }
  return id;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape names nothing that exists, so the answer becomes 404.
    return segment;
  }
}
