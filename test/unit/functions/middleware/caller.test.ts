import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readCaller } from "../../../../functions/middleware/caller";
import { roleSchema } from "../../../../shared/domain/access/identity";
import type { TokenRules } from "../../../../shared/domain/access/token-rules";
import { verifiedToken } from "../../../support/access-token";
import { anApiEvent, tokens } from "../../../support/api";

type Claims = Record<string, unknown>;

/** What the API takes the caller for who sends a token with these claims: a role, or the code of a refusal. */
function callerOf(
  claims: Claims,
  {
    rules = {},
    header,
    spoil = (event) => event,
  }: {
    rules?: Partial<TokenRules>;
    header?: Claims;
    spoil?: (event: any) => unknown;
  } = {},
): string {
  const event = anApiEvent({ method: "GET", path: "/exports" });
  const token = verifiedToken({ sub: "user-1", jti: "token-1", ...claims }, header);
  const sent: any = {
    headers: token.headers,
    requestContext: { ...event.requestContext, authorizer: token.authorizer },
  };
  try {
    return readCaller((spoil(sent) as any) ?? sent, { ...tokens, ...rules }).role;
  } catch (error) {
    return (error as any).problem.code;
  }
}

const groups = (...names: unknown[]): Claims => ({ "cognito:groups": names });

describe("the roles in a token", () => {
  it.each([
    [["Administrator", "Contributor"], "Administrator"],
    [["Contributor", "Administrator"], "Administrator"],
    [["Viewer", "Contributor"], "Contributor"],
    ["Administrator", "Administrator"],
    [["Database Administrator"], "notPermitted"],
    [["Viewer", "Not an Administrator"], "Viewer"],
    [["Viewer", "x] [Administrator", "Administrator]", "[Administrator"], "Viewer"],
    [["Contributor,Administrator"], "notPermitted"],
    ["Database Administrator", "notPermitted"],
    ["[Administrator]", "notPermitted"],
    [["administrator", " Administrator", "Administrator "], "notPermitted"],
    [[["Administrator"], { Administrator: true }, 7, null], "notPermitted"],
    [[], "notPermitted"],
    ["", "notPermitted"],
    [undefined, "notPermitted"],
    [{ Administrator: true }, "notPermitted"],
  ])("are groups by their whole names: %j make the caller %s", (claim, expected) => {
    expect(callerOf({ "cognito:groups": claim })).toBe(expected);
  });

  it("are the highest of those whose names are in the list, whatever else is in it", () => {
    const name = fc.oneof(
      fc.constantFrom(...roleSchema.options),
      fc
        .tuple(fc.constantFrom("", "Not an ", "[", "x "), fc.constantFrom(...roleSchema.options))
        .chain(([before, role]) =>
          fc.constantFrom("", " of nothing", "]", ",Viewer").map((after) => before + role + after),
        ),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const highest = roleSchema.options.find((role) => names.includes(role));
        expect(callerOf(groups(...names))).toBe(highest ?? "notPermitted");
      }),
      { numRuns: 500 },
    );
  });

  it("are read from the claim that is configured and no other", () => {
    expect(callerOf({ groups: ["Administrator"] })).toBe("notPermitted");
    expect(callerOf({ groups: ["Viewer"] }, { rules: { rolesClaim: "groups" } })).toBe("Viewer");
    expect(callerOf({}, { rules: { rolesClaim: "constructor" } })).toBe("notPermitted");
  });

  it("may have groups of other names, which then alone count", () => {
    const rules = {
      groups: { Administrator: "Marketing Admins", Contributor: "Marketing", Viewer: "Viewer" },
    };
    expect(callerOf(groups("Marketing Admins"), { rules })).toBe("Administrator");
    expect(callerOf(groups("Marketing"), { rules })).toBe("Contributor");
    expect(callerOf(groups("Administrator"), { rules })).toBe("notPermitted");
  });
});

describe("a token", () => {
  const administrator = groups("Administrator");
  const oidc = { issuedBy: "oidc" } as const;

  it.each([
    ["an ID token of a user pool", { token_use: "id", aud: "client-1" }, {}],
    ["one that does not say what it is for", { token_use: undefined }, {}],
    ["an ID token of another issuer", { token_use: undefined, nonce: "n-1" }, oidc],
    ["one that belongs to an access token", { token_use: undefined, at_hash: "x" }, oidc],
    ["one without the scope of the stage", { scope: "openid" }, { ...oidc, scope: "exports/use" }],
    ["one whose scope only begins so", { scope: "exports/use2" }, { scope: "exports/use" }],
  ])("that is %s is none of ours", (_what, claims, rules) => {
    expect(callerOf({ ...administrator, ...claims }, { rules })).toBe("notAuthenticated");
  });

  it.each([
    ["JWT", undefined, "Administrator"],
    [undefined, undefined, "Administrator"],
    ["at+jwt", undefined, "Administrator"],
    ["application/AT+JWT", "at+jwt", "Administrator"],
    ["id+jwt", undefined, "notAuthenticated"],
    ["logout+jwt", undefined, "notAuthenticated"],
    ["JWT", "at+jwt", "notAuthenticated"],
    [undefined, "at+jwt", "notAuthenticated"],
  ])("of the type %s, where the stage asks for %s, makes: %s", (typ, tokenType, expected) => {
    const rules = { ...oidc, tokenType };
    const header = { alg: "RS256", typ };
    expect(callerOf({ ...administrator, token_use: undefined }, { rules, header })).toBe(expected);
  });

  it("with the scope of the stage is taken, in either way of listing scopes", () => {
    const rules = { scope: "exports/use" };
    expect(callerOf({ ...administrator, scope: "a exports/use" }, { rules })).toBe("Administrator");
    expect(callerOf({ ...administrator, scp: ["exports/use"] }, { rules })).toBe("Administrator");
  });

  it.each<[string, (event: any) => unknown]>([
    ["is not there", (event) => ({ ...event, headers: {} })],
    ["is no token", (event) => ({ ...event, headers: { authorization: "Bearer abc" } })],
    ["was not verified", (event) => ({ ...event, requestContext: {} })],
    [
      "is not JSON inside",
      (event) => ({ ...event, headers: { authorization: "Bearer YQ.YQ.signature" } }),
    ],
    ...[
      { sub: "somebody-else" },
      { jti: "token-2" },
      { iss: "https://other.example" },
      { iat: 1_800_000_001 },
    ].map((other): [string, (event: any) => unknown] => [
      `is another than the verified one: ${JSON.stringify(other)}`,
      (event) => ({
        ...event,
        headers: verifiedToken({ sub: "user-1", jti: "token-1", ...administrator, ...other })
          .headers,
      }),
    ]),
  ])("that %s makes nobody", (_what, spoil) => {
    expect(callerOf(administrator, { spoil })).toBe("notAuthenticated");
  });

  it.each(["", undefined, null, 7, ["user-1"]])("of the subject %j makes nobody", (sub) => {
    expect(callerOf({ ...administrator, sub })).toBe("notAuthenticated");
  });
});
