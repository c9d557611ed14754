import { describe, expect, test } from "@jest/globals";
import type { EndpointFamily } from "../../../../../shared/domain/klaviyo/rate-limit";
import type { Klaviyo } from "../../../../../shared/ports";
import { steps, type Wrong } from "./steps";

type Kind = Wrong["kind"];

const wrongs: Record<Kind, Wrong> = {
  noSlot: { kind: "noSlot" },
  throttled: { kind: "throttled", retryAfterMilliseconds: 7_000 },
  unavailable: { kind: "unavailable", reason: "ECONNRESET" },
  keyRefused: { kind: "keyRefused" },
  scopesMissing: { kind: "scopesMissing", detail: "Missing required scopes: lists:write" },
  forbidden: { kind: "forbidden", code: "account_suspended" },
  notFound: { kind: "notFound" },
  invalid: {
    kind: "invalid",
    errors: [{ code: "invalid", detail: "No such list", pointer: "/data/relationships/lists" }],
  },
};

interface Row {
  readonly step: keyof typeof steps;
  readonly call: keyof Klaviyo;
  /** @default the call's own */
  readonly family?: EndpointFamily;
  readonly comes: Record<Kind, string>;
}

const fault = "tried again as a fault";

/** Whatever else becomes of a run that is pushed, a call that a person must look into stops it. */
const pushing = {
  noSlot: "later: in 100 s",
  throttled: "later: in 7 s",
  unavailable: fault,
  keyRefused: "run stopped: keyRefused, and the connection says so",
  scopesMissing: "run stopped: scopesMissing, and the connection says so",
  forbidden: "run stopped: klaviyoForbids",
  notFound: "given up: klaviyoRefused",
  invalid: "given up: klaviyoRefused",
};

/** Jobs go on by themselves: Klaviyo is asked again until the key is gone. */
const confirming = {
  noSlot: "next round in 30 s",
  throttled: "next round in 1 s",
  unavailable: "next round in 1 s",
  keyRefused: "run stopped: keyRefused, and the connection says so",
  scopesMissing: "run stopped: scopesMissing, and the connection says so",
  forbidden: "next round in 1 s",
  notFound: "next round in 1 s",
  invalid: "next round in 1 s",
};

/** A scope that only subscribing needs says nothing of the connection. */
const subscribing = {
  noSlot: "later: in 100 s",
  throttled: fault,
  unavailable: fault,
  keyRefused: "2 failed: keyRefused, and the connection says so",
  scopesMissing: "2 failed: scopesMissing",
  forbidden: "2 failed: klaviyoForbids",
  notFound: "2 failed: klaviyoRefused",
  invalid: "2 failed: klaviyoRefused",
};

const table: Record<string, Row> = {
  "posting a chunk": { step: "push", call: "createImportJob", comes: pushing },
  "looking up who is to be removed": { step: "remove", call: "listProfiles", comes: pushing },
  "taking profiles off the list": {
    ...{ step: "remove", call: "removeFromList" },
    // A profile that is gone since it was looked up is not found the next time.
    comes: { ...pushing, invalid: fault },
  },
  "asking for a job": {
    ...{ step: "confirmOne", call: "getImportJob" },
    comes: { ...confirming, notFound: "sent again" },
  },
  "asking for the newest jobs": {
    ...{ step: "confirmMany", call: "listImportJobs" },
    comes: confirming,
  },
  "reading a job's errors": {
    ...{ step: "confirmOne", call: "listImportErrors" },
    // Whether the key is gone is found out with the next round's job.
    comes: {
      ...confirming,
      noSlot: "next round in 1 s",
      keyRefused: "next round in 1 s",
      scopesMissing: "next round in 1 s",
    },
  },
  "preparing a run": {
    ...{ step: "prepare", call: "getList" },
    comes: {
      noSlot: "later: in 100 s",
      throttled: fault,
      unavailable: fault,
      keyRefused: "run ended: keyRefused, and the connection says so",
      scopesMissing: "run ended: scopesMissing, and the connection says so",
      forbidden: "run ended: klaviyoForbids",
      notFound: "run ended: listNotFound",
      invalid: "run ended: klaviyoRefused",
    },
  },
  "previewing a run": {
    ...{ step: "preview", call: "getList" },
    comes: {
      noSlot: "failed: klaviyoUnavailable",
      throttled: "failed: klaviyoUnavailable",
      unavailable: "failed: klaviyoUnavailable",
      keyRefused: "failed: keyRefused",
      scopesMissing: "failed: scopesMissing",
      forbidden: "failed: klaviyoForbids",
      notFound: "failed: listNotFound",
      invalid: "failed: klaviyoRefused",
    },
  },
  "looking subscribers up": {
    ...{ step: "subscribe", call: "listEmailConsents", family: "listProfiles" },
    comes: subscribing,
  },
  "asking whether subscribers are sent a mail": {
    ...{ step: "subscribe", call: "getList" },
    comes: subscribing,
  },
  subscribing: { step: "subscribe", call: "createSubscriptionJob", comes: subscribing },
  "subscribing who is sent a mail": {
    ...{ step: "subscribeOnce", call: "createSubscriptionJob" },
    // They may have been sent theirs, and are sent no second.
    comes: { ...subscribing, unavailable: "2 uncertain: klaviyoUnavailable" },
  },
  "asking for a person": {
    ...{ step: "ask", call: "getList" },
    comes: {
      noSlot: "refused: klaviyoUnavailable",
      throttled: "refused: klaviyoUnavailable",
      unavailable: "refused: klaviyoUnavailable",
      keyRefused: "refused: keyRefused, and the connection says so",
      scopesMissing: "refused: scopesMissing, and the connection says so",
      forbidden: "refused: klaviyoForbids",
      notFound: "refused: listNotFound",
      invalid: "refused: klaviyoRefused",
    },
  },
};

describe.each(Object.entries(table))("%s", (_, { step, call, family, comes }) => {
  test.each(Object.entries(comes))("%s: %s", async (kind, expected) => {
    const wrong = wrongs[kind as Kind];
    const endpoint = family ?? (call as EndpointFamily);
    expect(await steps[step]({ name: call, family: endpoint, wrong })).toBe(expected);
  });
});
