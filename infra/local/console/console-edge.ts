import { createContext, runInContext } from "node:vm";
import * as z from "zod";
import type { Resolve } from "../template/intrinsics";
import {
  edgeFunctionProperties,
  headersPolicyProperties,
  type HeadersPolicy,
} from "../template/resource-properties";
import { resourcesOfType } from "../template/resources-of-type";
import type { Template } from "../template/template";

/** What CloudFront does at the console's address, as the template says. */
export interface ConsoleEdge {
  /** Of every answer, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The path of the file that a request for a path gets, by the template's function. */
  route(path: string): string;
}

/** @throws when the template has no console. */
export function consoleEdge(template: Template, resolve: Resolve): ConsoleEdge {
  const [policy] = resourcesOfType(
    template,
    resolve,
    ["AWS::CloudFront::ResponseHeadersPolicy"],
    headersPolicyProperties,
  );
  const [routes] = resourcesOfType(
    template,
    resolve,
    ["AWS::CloudFront::Function"],
    edgeFunctionProperties,
  );
  if (policy === undefined || routes === undefined) {
    throw new Error("The template has no console, so there is nothing that says how to serve it.");
  }
  return {
    headers: headersOf(policy.properties.ResponseHeadersPolicyConfig),
    route: edgeRouter(routes.properties.FunctionCode),
  };
}

const requestSchema = z.object({ uri: z.string() });

/** Runs the code of a CloudFront function, which has JavaScript and nothing of Node, for the path of a GET. */
export function edgeRouter(code: string): ConsoleEdge["route"] {
  const context = createContext({});
  runInContext(code, context, { timeout: 1000 });
  return (path) => {
    const request = { method: "GET", uri: path, querystring: {}, headers: {}, cookies: {} };
    const event = JSON.stringify({ version: "1.0", context: {}, viewer: {}, request });
    const answer: unknown = runInContext(
      `JSON.stringify(handler(JSON.parse(${JSON.stringify(event)})))`,
      context,
      { timeout: 1000 },
    );
    return requestSchema.parse(JSON.parse(z.string().parse(answer))).uri;
  };
}

/** The headers that CloudFront makes of a policy. */
function headersOf({
  SecurityHeadersConfig: security,
  CustomHeadersConfig: custom,
}: HeadersPolicy): Record<string, string> {
  const transport = security.StrictTransportSecurity;
  const named: Readonly<Record<string, string | undefined>> = {
    "content-security-policy": security.ContentSecurityPolicy?.ContentSecurityPolicy,
    "x-content-type-options": security.ContentTypeOptions === undefined ? undefined : "nosniff",
    "x-frame-options": security.FrameOptions?.FrameOption,
    "referrer-policy": security.ReferrerPolicy?.ReferrerPolicy,
    "strict-transport-security":
      transport === undefined
        ? undefined
        : [
            `max-age=${transport.AccessControlMaxAgeSec}`,
            ...(transport.IncludeSubdomains ? ["includeSubDomains"] : []),
            ...(transport.Preload ? ["preload"] : []),
          ].join("; "),
    ...Object.fromEntries(custom.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
