import * as z from "zod";
import { consoleVersion } from "../../console-bundle";
import { stageConfig } from "../../stage-config";
import { startSignInIssuer } from "../identity/sign-in-issuer";
import type { SigningKey } from "../identity/signing-key";
import { localRegion } from "../aws-identity";
import { serveOnLoopback } from "../loopback-server";
import type { Resolve } from "../template/intrinsics";
import type { Template } from "../template/template";
import { consoleEdge } from "./console-edge";
import { consoleFiles } from "./console-files";

/** How the console is to be served. */
export interface LocalConsoleOptions {
  /** Where the bundle is. */
  readonly directory: string;
  /** @default any free one */
  readonly port?: number | undefined;
  /** For how long an access token is good, in seconds, before the console renews it. @default an hour */
  readonly tokenSeconds?: number | undefined;
}

/** The console on this machine. */
export interface LocalConsole {
  /** Where it is opened, without a trailing slash. */
  readonly url: string;
  /** The issuer through which one signs in. */
  readonly authority: string;
  close(): Promise<void>;
}

/** What the environment has, and the console needs. */
interface ConsoleSurroundings {
  readonly template: Template;
  readonly resolve: Resolve;
  readonly apiUrl: string;
  readonly key: SigningKey;
  /** The issuer and audience that the API's authorizer expects in access tokens. */
  readonly expects: { readonly issuer: string; readonly audience: string };
}

/** Starts a console among what the environment has. */
export type StartConsole = (surroundings: ConsoleSurroundings) => Promise<LocalConsole>;

/** For the option `console` of the environment. */
export function localConsole(options: LocalConsoleOptions): StartConsole {
  return (surroundings) => startLocalConsole(options, surroundings);
}

/** Starts an issuer, and serves the bundle with a configuration that leads to it. */
async function startLocalConsole(
  options: LocalConsoleOptions,
  surroundings: ConsoleSurroundings,
): Promise<LocalConsole> {
  const { template, resolve, apiUrl, expects, key } = surroundings;
  const client = stageConfig("local").console?.signIn;
  if (client === undefined) throw new Error("The local stage has no console.");
  let answer: Parameters<typeof serveOnLoopback>[0] = (_request, response) =>
    response.writeHead(503).end();
  const server = await serveOnLoopback(
    (request, response) => answer(request, response),
    options.port,
  );
  const issuer = await startSignInIssuer({
    ...{ key, expects, apiUrl },
    clientId: client.clientId,
    consoleUrl: server.url,
    tokenSeconds: options.tokenSeconds ?? 60 * 60,
  });
  const close = async (): Promise<void> => {
    await server.close();
    await issuer.close();
  };
  try {
    const edge = consoleEdge(template, resolve);
    // The template's issuer is a name that leads nowhere; on this machine the issuer has an address instead.
    const headers = z
      .record(z.string(), z.string())
      .parse(JSON.parse(JSON.stringify(edge.headers).replaceAll(expects.issuer, issuer.authority)));
    answer = consoleFiles(
      options.directory,
      { ...edge, headers },
      {
        ...{ apiUrl, stage: "local", region: localRegion, authority: issuer.authority },
        ...{ clientId: client.clientId, scope: client.scope, signOut: { kind: "oidc" } },
        version: consoleVersion(options.directory),
      },
    );
    return { url: server.url, authority: issuer.authority, close };
  } catch (error) {
    await close();
    throw error;
  }
}
