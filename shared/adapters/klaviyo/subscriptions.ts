import * as z from "zod";
import { emailFilter } from "../../domain/klaviyo/email-filter";
import type { EmailConsent } from "../../domain/exports/subscription";
import type { Admission, Klaviyo, KlaviyoResult, SubscriptionJob } from "../../ports";
import { consentsAnswerSchema, type ConsentAnswer } from "./klaviyo-answers";
import type { CallKlaviyo } from "./klaviyo-http";
import { map, pageOf, pagePath } from "./paging";

const JOBS_PATH = "/api/profile-subscription-bulk-create-jobs";

/** What Klaviyo knows of people and email marketing, and asking it to subscribe them. */
export function createSubscriptionCalls(
  call: CallKlaviyo,
): Pick<Klaviyo, "maySubscribe" | "listEmailConsents" | "createSubscriptionJob"> {
  return {
    maySubscribe: async (credential) => mayOf(await post(call, credential, jobBody([], undefined))),
    listEmailConsents: async (credential, emails, after) =>
      pageOf(
        await call(
          {
            method: "GET",
            path: pagePath("/api/profiles", after, {
              filter: emailFilter(emails),
              "additional-fields[profile]": "subscriptions",
              "fields[profile]": "email,subscriptions",
            }),
            credential,
          },
          consentsAnswerSchema,
        ),
        after,
        ({ data }) => data.flatMap(consentOf),
      ),
    createSubscriptionJob: async (credential, job) =>
      map(await post(call, credential, jobBody(job.subscribers, job)), () => undefined),
  };
}

function post(
  call: CallKlaviyo,
  credential: Admission,
  body: string,
): Promise<KlaviyoResult<unknown>> {
  // Klaviyo answers 202 without a body.
  return call({ method: "POST", path: JOBS_PATH, credential, body }, z.unknown());
}

/** Klaviyo API reference, bulk subscribe: times of consent go with historical imports, and only with these. */
function jobBody(
  subscribers: SubscriptionJob["subscribers"],
  job: Omit<SubscriptionJob, "subscribers"> | undefined,
): string {
  return JSON.stringify({
    data: {
      type: "profile-subscription-bulk-create-job",
      attributes: {
        ...(job?.customSource === undefined ? {} : { custom_source: job.customSource }),
        ...(job?.historicalImport === true ? { historical_import: true } : {}),
        profiles: {
          data: subscribers.map(({ email, consentedAt }) => ({
            type: "profile",
            attributes: {
              email,
              subscriptions: {
                email: {
                  marketing: {
                    consent: "SUBSCRIBED",
                    consented_at: consentedAt,
                  },
                },
              },
            },
          })),
        },
      },
      ...(job === undefined
        ? {}
        : { relationships: { list: { data: { type: "list", id: job.listId } } } }),
    },
  });
}

/**
 * Scopes are checked before what a request says, so any other refusal than 403 means that they are there;
 * a request that names nobody does nothing, whatever Klaviyo makes of it.
 */
function mayOf(result: KlaviyoResult<unknown>): KlaviyoResult<boolean> {
  if (result.ok) {
    return { ok: true, value: true };
  }
  switch (result.failure.kind) {
    case "invalid":
    case "notFound":
    case "forbidden":
      return { ok: true, value: true };
    case "scopesMissing":
      return { ok: true, value: false };
    case "keyRefused":
    case "throttled":
    case "unavailable":
      return result;
  }
}

function consentOf({ attributes }: ConsentAnswer): readonly EmailConsent[] {
  const { email, subscriptions } = attributes;
  // A profile of which Klaviyo does not tell the consent counts as not found, and is not subscribed.
  const marketing = subscriptions?.email?.marketing;
  if (email == null || marketing == null) {
    return [];
  }
  const suppressions = [...(marketing.suppression ?? []), ...(marketing.list_suppressions ?? [])];
  return [
    {
      email: email.toLowerCase(),
      consent: marketing.consent,
      suppressions: suppressions.map(({ reason }) => reason),
    },
  ];
}
