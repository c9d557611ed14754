import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import path from "node:path";
import { cacheControl } from "../../constructs/console/cache-control";
import { CONSOLE_CONFIG_PATH, type ConsoleConfig } from "../../console-config";
import type { ConsoleEdge } from "./console-edge";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/**
 * Serves a bundle as CloudFront and the bucket behind it do: each path through the template's function, each answer
 * with the template's headers, and 404 for files that are not there.
 */
export function consoleFiles(
  directory: string,
  edge: ConsoleEdge,
  config: ConsoleConfig,
): RequestListener {
  const root = path.resolve(directory);
  const contentsOf = async (file: string): Promise<Buffer | undefined> => {
    if (file === CONSOLE_CONFIG_PATH) return Buffer.from(JSON.stringify(config));
    const wanted = path.resolve(root, `.${file}`);
    if (!wanted.startsWith(root + path.sep)) return undefined;
    try {
      return await readFile(wanted);
    } catch {
      return undefined;
    }
  };

  return (request, response) => {
    const answer = (status: number, headers: Record<string, string>, body?: Buffer): void => {
      response
        .writeHead(status, { ...headers, ...edge.headers, "content-length": body?.length ?? 0 })
        .end(request.method === "HEAD" ? undefined : body);
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      answer(403, {});
      return;
    }
    const [asked = "/"] = (request.url ?? "/").split("?");
    const file = decoded(edge.route(asked));
    void (file === undefined ? Promise.resolve(undefined) : contentsOf(file)).then((contents) => {
      if (file === undefined || contents === undefined) return answer(404, {});
      return answer(
        200,
        {
          "content-type":
            contentTypes[path.extname(file).toLowerCase()] ?? "application/octet-stream",
          "cache-control": file.startsWith("/assets/") ? cacheControl.asset : cacheControl.page,
        },
        contents,
      );
    });
  };
}

function decoded(file: string): string | undefined {
  try {
    return decodeURIComponent(file);
  } catch {
    return undefined;
  }
}
