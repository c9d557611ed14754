import * as z from "zod";
import type { Account, ApiRevision, Scope } from "../../domain/connections/connection";
import type { Credential } from "../../domain/klaviyo/credential";
import type { KeyCheck, KlaviyoResult } from "../../ports";
import { accountsAnswerSchema } from "./klaviyo-answers";
import { readRevision, type Call, type CallKlaviyo } from "./klaviyo-http";

/** An id that no list or profile has: Klaviyo's ids hold no dashes. */
const NO_SUCH_ID = "scope-check";

/**
 * A call for each scope that needs that scope alone and changes nothing: the writing ones name something
 * that does not exist. Klaviyo checks scopes before it looks at what a call names, so 403 means that the
 * scope is missing and any other refusal that it is there. `accounts:read` is tried by asking for the
 * account itself.
 */
const probes: readonly (readonly [Exclude<Scope, "accounts:read">, Omit<Call, "credential">])[] = [
  ["lists:read", { method: "GET", path: `/api/lists/${NO_SUCH_ID}` }],
  [
    "lists:write",
    {
      method: "PATCH",
      path: `/api/lists/${NO_SUCH_ID}`,
      body: JSON.stringify({
        data: { type: "list", id: NO_SUCH_ID, attributes: { name: "scope check" } },
      }),
    },
  ],
  ["profiles:read", { method: "GET", path: `/api/profiles/${NO_SUCH_ID}` }],
  [
    "profiles:write",
    {
      method: "PATCH",
      path: `/api/profiles/${NO_SUCH_ID}`,
      body: JSON.stringify({ data: { type: "profile", id: NO_SUCH_ID, attributes: {} } }),
    },
  ],
];

/** Finds the account of a key and names the scopes that the key lacks. */
export async function checkKey(
  call: CallKlaviyo,
  credential: Credential,
): Promise<KlaviyoResult<KeyCheck>> {
  let revision: ApiRevision = readRevision({});
  const onRevision = (answered: ApiRevision): void => {
    revision = answered;
  };
  const account = await call(
    { method: "GET", path: "/api/accounts", credential, onRevision },
    accountsAnswerSchema,
  );
  if (!account.ok && account.failure.kind !== "scopesMissing") {
    return account;
  }
  const missing: Scope[] = account.ok ? [] : ["accounts:read"];
  for (const [scope, probe] of probes) {
    const result = await call({ ...probe, credential }, z.unknown());
    if (result.ok) {
      continue;
    }
    switch (result.failure.kind) {
      case "scopesMissing":
        missing.push(scope);
        break;
      case "notFound":
      case "invalid":
      case "forbidden":
        // What a scope allows may still be refused for another reason.
        break;
      case "throttled":
      case "unavailable":
      case "keyRefused":
        return result;
    }
  }
  return account.ok && missing.length === 0
    ? { ok: true, value: { kind: "usable", account: accountOf(account.value), revision } }
    : { ok: true, value: { kind: "scopesMissing", scopes: missing } };
}

function accountOf({ data: [{ id, attributes }] }: z.infer<typeof accountsAnswerSchema>): Account {
  return {
    id,
    organizationName: attributes.contact_information.organization_name,
    ...(attributes.timezone == null ? {} : { timezone: attributes.timezone }),
  };
}
