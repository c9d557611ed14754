import { SCOPES, type Scope } from "../http/operations";
import type { Simulation } from "../simulation";
import type { SignInAnswer, SignInRequest } from "./sign-in-exchange";

/** A request to let an app in, as far as it could be read. */
type Asked =
  | { readonly kind: "shown"; readonly scopes: readonly Scope[]; readonly query: URLSearchParams }
  /** The app is told, by way of the person's browser. */
  | { readonly kind: "sentBack"; readonly error: string; readonly query: URLSearchParams }
  /** Nobody is sent to an address that is not the app's. */
  | { readonly kind: "refused"; readonly reason: string };

/** `GET /oauth/authorize`: the page that asks a person whether to let the app in. */
export function authorizationPage({ simulation, query }: SignInRequest): SignInAnswer {
  const asked = read(simulation, query);
  switch (asked.kind) {
    case "refused":
      return page(400, `<h1>This app can't be let in</h1><p>${text(asked.reason)}</p>`);
    case "sentBack":
      return sendBack(asked.query, { error: asked.error });
    case "shown":
      return page(200, form(simulation, asked.query, asked.scopes));
  }
}

/** `POST /oauth/authorize`: what the person decided on that page, for which account. */
export function decideAuthorization({ simulation, form: given }: SignInRequest): SignInAnswer {
  const asked = read(simulation, given);
  switch (asked.kind) {
    case "refused":
      return page(400, `<h1>This app can't be let in</h1><p>${text(asked.reason)}</p>`);
    case "sentBack":
      return sendBack(asked.query, { error: asked.error });
    case "shown": {
      const account = simulation.accounts.get(given.get("account") ?? "");
      if (given.get("decision") !== "allow" || account === undefined) {
        return sendBack(given, { error: "access_denied" });
      }
      const code = simulation.grants.newCode(
        {
          account,
          scopes: asked.scopes,
          redirectUri: given.get("redirect_uri") ?? "",
          challenge: given.get("code_challenge") ?? "",
        },
        simulation.now(),
      );
      return sendBack(given, { code });
    }
  }
}

function read({ grants }: Simulation, query: URLSearchParams): Asked {
  const { app } = grants.settings;
  if (query.get("client_id") !== app.clientId) {
    return { kind: "refused", reason: "No app has this client_id." };
  }
  if (!app.redirectUris.includes(query.get("redirect_uri") ?? "")) {
    return { kind: "refused", reason: "The app does not name this redirect_uri." };
  }
  const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const known = scopes.flatMap((scope) => SCOPES.filter((each) => each === scope));
  switch (true) {
    case query.get("response_type") !== "code":
      return { kind: "sentBack", error: "unsupported_response_type", query };
    case query.get("code_challenge_method") !== "S256" ||
      query.get("code_challenge")?.length !== 43:
      return { kind: "sentBack", error: "invalid_request", query };
    case known.length === 0 || known.length !== scopes.length:
      return { kind: "sentBack", error: "invalid_scope", query };
    default:
      return { kind: "shown", scopes: known, query };
  }
}

function sendBack(query: URLSearchParams, answer: Record<string, string>): SignInAnswer {
  const address = new URL(query.get("redirect_uri") ?? "");
  for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
  const state = query.get("state");
  if (state !== null) address.searchParams.set("state", state);
  return { status: 302, headers: { Location: address.href } };
}

function form({ accounts }: Simulation, query: URLSearchParams, scopes: readonly Scope[]): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${text(name)}" value="${text(value)}">`,
  );
  const choices = accounts.all.map(
    ({ id, organizationName }) =>
      `<option value="${text(id)}">${text(organizationName)} (${text(id)})</option>`,
  );
  return [
    "<h1>Let this app into your account?</h1>",
    `<p>It asks for: ${text(scopes.join(", "))}.</p>`,
    '<form method="post" action="/oauth/authorize">',
    ...hidden,
    `<p><label>Account <select name="account">${choices.join("")}</select></label></p>`,
    '<button name="decision" value="allow">Allow</button> ',
    '<button name="decision" value="deny">Deny</button>',
    "</form>",
  ].join("\n");
}

function page(status: 200 | 400, content: string): SignInAnswer {
  const title = "Klaviyo simulator";
  return {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
    body: `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body>${content}</body></html>`,
  };
}

function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
