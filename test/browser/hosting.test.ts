import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { consoleConfigSchema, type ConsoleConfig } from "../../infra/console-config";
import { startConsoleSystem, type ConsolePage, type ConsoleSystem } from "./support/console";

let directory: string;
let system: ConsoleSystem;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "console-"));
  mkdirSync(path.join(directory, "assets"));
  writeFileSync(path.join(directory, "index.html"), "<!doctype html><title>A page</title>");
  writeFileSync(path.join(directory, "assets/part-1a2b.js"), "export const part = 1;");
  system = await startConsoleSystem({ directory });
});
afterAll(async () => {
  await system.close();
  rmSync(directory, { recursive: true });
});

const configOf = async (): Promise<ConsoleConfig> =>
  consoleConfigSchema.parse(await (await fetch(`${system.url}/config.json`)).json());

describe("the console's address", () => {
  test.each([
    ["/", 200, "text/html; charset=utf-8", "no-cache"],
    ["/exports/01ABC?tab=runs", 200, "text/html; charset=utf-8", "no-cache"],
    ["/config.json", 200, "application/json", "no-cache"],
    [
      "/assets/part-1a2b.js",
      200,
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
    ],
    ["/assets/part-0000.js", 404, null, null],
    ["/assets/part", 404, null, null],
    ["/favicon.ico", 404, null, null],
    ["/assets/..%2f..%2f..%2fpackage.json", 404, null, null],
    ["/%ff.js", 404, null, null],
  ])("answers %s with %i", async (file, status, type, kept) => {
    const response = await fetch(`${system.url}${file}`);

    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("cache-control")).toBe(kept);
    // Of what is not there too.
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("is where Klaviyo sends people back to who sign in there from the console", async () => {
    const { body } = await system.system.call<{ authorizationUrl: string; redirectUri: string }>(
      "POST",
      "/sign-ins",
      { body: { returnTo: "console" } },
    );

    expect(body.redirectUri).toBe(`${system.url}/klaviyo-signed-in`);
    expect((await fetch(body.authorizationUrl)).status).toBe(200);
  });

  test("lets the page call itself, the API and the issuer, and nobody else", async () => {
    const { apiUrl, authority } = await configOf();
    const policy = (await fetch(system.url)).headers.get("content-security-policy");

    expect(policy?.split("; ")).toContain(`connect-src 'self' ${apiUrl} ${authority}`);
  });

  test("takes no input", async () => {
    expect((await fetch(system.url, { method: "POST", body: "{}" })).status).toBe(403);
  });
});

describe("signing in with code and PKCE", () => {
  /** Through the pages, as the console does; answers what the issuer gives for the code. */
  async function tokensOf(opened: ConsolePage, person: string): Promise<Tokens> {
    const { authority, clientId, scope } = await configOf();
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: `${system.url}/signed-in`,
      response_type: "code",
      scope,
      state: "a state",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    await opened.page.goto(`${authority}/auth?${query.toString()}`);
    await opened.page.getByRole("button", { name: person, exact: true }).click();
    await opened.page.waitForURL(`${system.url}/signed-in?**`);
    const code = new URL(opened.page.url()).searchParams.get("code") ?? "";
    return give(opened, {
      ...{ grant_type: "authorization_code", code, code_verifier: verifier },
      ...{ client_id: clientId, redirect_uri: `${system.url}/signed-in` },
    });
  }

  test.each([
    ["Administrator", 200],
    ["Contributor", 200],
    ["Viewer", 200],
    ["No role", 403],
  ])(
    "%s gets a token that the API answers with %i, from the page itself",
    async (person, status) => {
      const opened = await system.open();
      const { access_token } = await tokensOf(opened, person);
      const { apiUrl } = await configOf();

      expect(await statusOf(opened, `${apiUrl}/exports`, access_token)).toBe(status);
      // The one that the browser logs of an answer that is no success.
      expect(opened.problems).toHaveLength(status === 200 ? 0 : 1);
      await opened.close();
    },
  );

  test("renews by a refresh token that is good once; using it again ends the session's tokens", async () => {
    const opened = await system.open();
    const first = await tokensOf(opened, "Viewer");
    const { clientId, apiUrl } = await configOf();
    const renew = (refresh_token: string): Promise<Tokens> =>
      give(opened, { grant_type: "refresh_token", refresh_token, client_id: clientId });
    const second = await renew(first.refresh_token);

    expect(await statusOf(opened, `${apiUrl}/exports`, second.access_token)).toBe(200);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await renew(first.refresh_token)).toMatchObject({ error: "invalid_grant" });
    expect(await renew(second.refresh_token)).toMatchObject({ error: "invalid_grant" });
    await opened.close();
  });

  test("is refused without PKCE", async () => {
    const { authority, clientId, scope } = await configOf();
    const query = new URLSearchParams({
      ...{ client_id: clientId, response_type: "code", scope },
      redirect_uri: `${system.url}/signed-in`,
    });
    const response = await fetch(`${authority}/auth?${query.toString()}`, { redirect: "manual" });

    expect(response.headers.get("location")).toContain("error=invalid_request");
  });

  test("ends by the issuer's own sign-out, which asks for a person again the next time", async () => {
    const opened = await system.open();
    const { id_token } = await tokensOf(opened, "Viewer");
    const { authority } = await configOf();
    const query = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: `${system.url}/signed-out`,
    });
    await opened.page.goto(`${authority}/session/end?${query.toString()}`);
    await opened.page.waitForURL(`${system.url}/signed-out`);

    expect((await tokensOf(opened, "Administrator")).access_token).toBeTruthy();
    await opened.close();
  });
});

test("the browser keeps the page from calling elsewhere, and the harness tells of it", async () => {
  const opened = await system.open();
  await opened.page.evaluate(`fetch("https://elsewhere.invalid/").catch(() => undefined)`);

  expect(opened.problems).toContainEqual(expect.stringContaining("connect-src"));
  await opened.close();
});

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** Asks the issuer for tokens from within the page, so that CORS and the page's policy are passed. */
async function give(opened: ConsolePage, form: Record<string, string>): Promise<Tokens> {
  const { authority } = await configOf();
  return opened.page.evaluate<Tokens>(
    `fetch(${JSON.stringify(`${authority}/token`)}, { method: "POST", body: new URLSearchParams(${JSON.stringify(form)}) }).then((response) => response.json())`,
  );
}

function statusOf(opened: ConsolePage, url: string, token: string): Promise<number> {
  return opened.page.evaluate<number>(
    `fetch(${JSON.stringify(url)}, { headers: { authorization: ${JSON.stringify(`Bearer ${token}`)} } }).then(({ status }) => status)`,
  );
}
