/** What a request matched: the route and the values of its path variables. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** Decoded, as API Gateway hands them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface ParsedRoute<Route> {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

const isVariable = (segment: string): boolean => segment.startsWith("{");
const isGreedy = (segment: string): boolean => segment.endsWith("+}");

/**
 * Matches requests to routes as an HTTP API does (developer guide, "Routes for HTTP APIs"): a full
 * match before one with a greedy variable, before `$default`; a literal segment before a variable;
 * a route of the method before one of `ANY`.
 *
 * @returns a function that takes the method and the path as received (percent-encoded).
 */
export function createRouteMatcher<Route extends { readonly routeKey: string }>(
  routes: readonly Route[],
): (method: string, path: string) => RouteMatch<Route> | undefined {
  const fallback = routes.find((route) => route.routeKey === "$default");
  const parsed = routes
    .filter((route) => route !== fallback)
    .map((route): ParsedRoute<Route> => {
      const [method = "", path = ""] = route.routeKey.split(" ");
      return { route, method, segments: splitPath(path) };
    })
    .sort((left, right) => precedence(left).localeCompare(precedence(right)));

  return (method, path) => {
    const segments = splitPath(path);
    for (const candidate of parsed) {
      if (candidate.method !== "ANY" && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
  };
}

function splitPath(path: string): string[] {
  const trimmed = path.replace(/^\//, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

// Compared as text: "0" for a literal segment, "1" for a variable, "2" for a greedy one.
function precedence<Route>({ method, segments }: ParsedRoute<Route>): string {
  const kinds = segments.map((segment) => (isGreedy(segment) ? 2 : isVariable(segment) ? 1 : 0));
  return `${kinds.includes(2) ? 1 : 0}${kinds.join("")}${method === "ANY" ? 1 : 0}`;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index];
    if (isGreedy(expected)) {
      if (actual === undefined) return undefined;
      values[expected.slice(1, -2)] = decode(segments.slice(index).join("/"));
      return values;
    }
    if (actual === undefined || actual === "") return undefined;
    if (isVariable(expected)) values[expected.slice(1, -1)] = decode(actual);
    else if (expected !== decode(actual)) return undefined;
  }
  return pattern.length === segments.length ? values : undefined;
}

/** Percent-decodes; what is not well encoded stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
