import type * as z from "zod";
import { keyOf } from "../support/fakes/credentials";
import { createKlaviyoCalls } from "../../shared/adapters/klaviyo/klaviyo";
import type { Call } from "../../shared/adapters/klaviyo/klaviyo-http";
import { endpointLimits, type EndpointFamily } from "../../shared/domain/klaviyo/rate-limit";
import type { Klaviyo } from "../../shared/ports";

/** A call as the adapter makes it, and the form in which it reads the answer. */
export interface OurCall {
  /** The port's method, and the number of the call where it makes several. */
  readonly name: string;
  readonly method: Call["method"];
  readonly path: string;
  readonly body: string | undefined;
  readonly answer: z.ZodType;
  /** Undefined where the call is not paced by endpoint. */
  readonly limits: { readonly burst: number; readonly steady: number } | undefined;
}

const KEY = keyOf("pk_sample");
const EMAILS = ["ann@example.org"];

/** One call of each method of the port; a new method does not compile without its sample. */
const samples: {
  readonly [Method in keyof Klaviyo]: {
    readonly make: (klaviyo: Klaviyo) => Promise<unknown>;
    readonly family: EndpointFamily | "unpaced";
  };
} = {
  checkKey: { make: (klaviyo) => klaviyo.checkKey(KEY), family: "unpaced" },
  getList: { make: (klaviyo) => klaviyo.getList(KEY, "LiSt01"), family: "getList" },
  getListSize: { make: (klaviyo) => klaviyo.getListSize(KEY, "LiSt01"), family: "getListSize" },
  listProfiles: {
    make: (klaviyo) => klaviyo.listProfiles(KEY, "LiSt01", { emails: EMAILS, after: "cursor" }),
    family: "listProfiles",
  },
  removeFromList: {
    make: (klaviyo) => klaviyo.removeFromList(KEY, "LiSt01", ["01PROFILE"]),
    family: "removeFromList",
  },
  listLists: { make: (klaviyo) => klaviyo.listLists(KEY, "cursor"), family: "listLists" },
  createList: { make: (klaviyo) => klaviyo.createList(KEY, "Newsletter"), family: "createList" },
  createImportJob: {
    make: (klaviyo) => klaviyo.createImportJob(KEY, Buffer.from(JSON.stringify(importBody))),
    family: "createImportJob",
  },
  getImportJob: { make: (klaviyo) => klaviyo.getImportJob(KEY, "job"), family: "getImportJob" },
  listImportJobs: { make: (klaviyo) => klaviyo.listImportJobs(KEY), family: "listImportJobs" },
  listImportErrors: {
    make: (klaviyo) => klaviyo.listImportErrors(KEY, "job"),
    family: "listImportErrors",
  },
  maySubscribe: { make: (klaviyo) => klaviyo.maySubscribe(KEY), family: "createSubscriptionJob" },
  listEmailConsents: {
    make: (klaviyo) => klaviyo.listEmailConsents(KEY, EMAILS),
    family: "listProfiles",
  },
  listProfileValues: {
    make: (klaviyo) => klaviyo.listProfileValues(KEY, EMAILS),
    family: "listProfiles",
  },
  createSubscriptionJob: {
    make: (klaviyo) =>
      klaviyo.createSubscriptionJob(KEY, {
        listId: "LiSt01",
        historicalImport: true,
        customSource: "Shop",
        subscribers: [{ email: "ann@example.org", consentedAt: "2026-01-31T10:00:00Z" }],
      }),
    family: "createSubscriptionJob",
  },
};

/** Every field that a mapping can fill, as chunks have it. */
const importBody = {
  data: {
    type: "profile-bulk-import-job",
    attributes: {
      profiles: {
        data: [
          {
            type: "profile",
            attributes: {
              email: "ann@example.org",
              phone_number: "+4930123456",
              external_id: "7",
              first_name: "Ann",
              last_name: "Example",
              organization: "Example",
              locale: "de-DE",
              title: "Dr",
              image: "https://example.org/ann.png",
              location: {
                address1: "Street 1",
                address2: "Yard",
                city: "Berlin",
                region: "Berlin",
                zip: "10115",
                country: "Germany",
                latitude: 52.5,
                longitude: 13.4,
                timezone: "Europe/Berlin",
                ip: "192.0.2.1",
              },
              properties: { Orders: 3, Birthday: "1990-01-31" },
            },
          },
        ],
      },
    },
    relationships: { lists: { data: [{ type: "list", id: "LiSt01" }] } },
  },
};

/** Makes every call once, to nobody, and says what was asked and how the answer would have been read. */
export async function ourCalls(): Promise<readonly OurCall[]> {
  const calls: OurCall[] = [];
  let name = "";
  let family: EndpointFamily | "unpaced" = "unpaced";
  const klaviyo = createKlaviyoCalls(async (call, schema) => {
    const ofMethod = calls.filter((one) => one.name.split(" ")[0] === name).length;
    calls.push({
      name: ofMethod === 0 ? name : `${name} ${String(ofMethod + 1)}`,
      method: call.method,
      path: call.path,
      body: call.body?.toString(),
      answer: schema,
      limits: family === "unpaced" ? undefined : endpointLimits[family],
    });
    // A method that goes on after a refusal makes all of its calls.
    return { ok: false, failure: { kind: "scopesMissing", detail: "" } };
  });
  for (const [method, sample] of Object.entries(samples)) {
    name = method;
    family = sample.family;
    await sample.make(klaviyo);
  }
  return calls;
}
