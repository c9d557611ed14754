import * as z from "zod";
import { parseBody, type Endpoint, type EndpointRequest } from "../http/endpoint";
import { invalidAt, invalidBody } from "../http/errors";
import { timestamp } from "../json";
import { isValidEmail } from "../input/profile-input";
import { LARGE } from "../http/rate-limits";

/** Klaviyo API reference: the most profiles of one call of each operation. */
const MOST_SUBSCRIBED = 1000;
const MOST_UNSUBSCRIBED = 100;
const MOST_SUPPRESSED = 100;

const email = z.string().refine(isValidEmail, "Invalid email address");
const listResource = z.strictObject({ type: z.literal("list"), id: z.string() });
/** One list at most, as the API reference has it. */
const listRelationship = z
  .strictObject({ list: z.strictObject({ data: listResource }).optional() })
  .optional();
const profilesOf = <Attributes extends z.ZodType>(attributes: Attributes, most: number) =>
  z.strictObject({
    data: z
      .array(z.strictObject({ type: z.literal("profile"), attributes }))
      .min(1, "At least one profile is needed.")
      .max(most, `At most ${most} profiles are allowed.`),
  });

/** Only email marketing is simulated; other channels are refused, so that nobody takes them for done. */
const subscribeSchema = z.strictObject({
  data: z.strictObject({
    type: z.literal("profile-subscription-bulk-create-job"),
    attributes: z.strictObject({
      custom_source: z.string().nullish(),
      historical_import: z.boolean().nullish(),
      profiles: profilesOf(
        z.strictObject({
          email,
          subscriptions: z.strictObject({
            email: z.strictObject({
              marketing: z.strictObject({
                consent: z.literal("SUBSCRIBED"),
                consented_at: z.iso.datetime({ offset: true }).nullish(),
              }),
            }),
          }),
        }),
        MOST_SUBSCRIBED,
      ),
    }),
    relationships: listRelationship,
  }),
});

const unsubscribeSchema = z.strictObject({
  data: z.strictObject({
    type: z.literal("profile-subscription-bulk-delete-job"),
    attributes: z.strictObject({
      profiles: profilesOf(
        z.strictObject({
          email,
          subscriptions: z.strictObject({
            email: z.strictObject({
              marketing: z.strictObject({ consent: z.literal("UNSUBSCRIBED") }),
            }),
          }),
        }),
        MOST_UNSUBSCRIBED,
      ),
    }),
    relationships: listRelationship,
  }),
});

const suppressSchema = z.strictObject({
  data: z.strictObject({
    type: z.literal("profile-suppression-bulk-create-job"),
    attributes: z.strictObject({
      profiles: profilesOf(z.strictObject({ email }), MOST_SUPPRESSED),
    }),
  }),
});

function listOf(
  { account }: EndpointRequest,
  relationships: z.infer<typeof listRelationship>,
): string | undefined {
  const id = relationships?.list?.data.id;
  if (id !== undefined && account.lists.get(id) === undefined) {
    throw invalidBody([
      invalidAt("/data/relationships/list/data/id", `List ID ${id} does not exist.`),
    ]);
  }
  return id;
}

/** @throws ApiFailure 400: consent times come with historical imports, for each profile, and lie in the past */
function readSubscribed(request: EndpointRequest) {
  const { data } = parseBody(subscribeSchema, request.body);
  const { profiles, historical_import: historical, custom_source: source } = data.attributes;
  const profile = profiles.data.map(({ attributes }) => ({
    email: attributes.email,
    time: attributes.subscriptions.email.marketing.consented_at ?? undefined,
  }));
  const wrong = profile.flatMap(({ time }, index) => {
    const pointer = `/data/attributes/profiles/data/${index}/attributes/subscriptions/email/marketing/consented_at`;
    if (historical !== true) {
      const detail = "consented_at can only be used with historical_import.";
      return time === undefined ? [] : [invalidAt(pointer, detail)];
    }
    if (time === undefined) return [invalidAt(pointer, "consented_at is required.")];
    return Date.parse(time) < request.now
      ? []
      : [invalidAt(pointer, "consented_at must be in the past.")];
  });
  if (wrong.length > 0) throw invalidBody(wrong);
  return {
    listId: listOf(request, data.relationships),
    historicalImport: historical ?? false,
    customSource: source ?? undefined,
    profiles: profile.map(({ email: address, time }) => ({
      email: address,
      consentedAt: time === undefined ? undefined : Date.parse(time),
    })),
  };
}

export const subscriptionEndpoints: readonly Endpoint[] = [
  {
    operation: "bulk_subscribe_profiles",
    method: "POST",
    path: "profile-subscription-bulk-create-jobs",
    scopes: ["lists:write", "profiles:write", "subscriptions:write"],
    limits: LARGE,
    query: {},
    hasBody: true,
    answer: (request) => {
      request.account.subscriptions.subscribe(readSubscribed(request), request.now);
      return { status: 202 };
    },
  },
  {
    operation: "bulk_unsubscribe_profiles",
    method: "POST",
    path: "profile-subscription-bulk-delete-jobs",
    scopes: ["lists:write", "profiles:write", "subscriptions:write"],
    limits: LARGE,
    query: {},
    hasBody: true,
    answer: (request) => {
      const { data } = parseBody(unsubscribeSchema, request.body);
      request.account.subscriptions.unsubscribe(
        data.attributes.profiles.data.map(({ attributes }) => attributes.email),
        listOf(request, data.relationships),
        request.now,
      );
      return { status: 202 };
    },
  },
  {
    operation: "bulk_suppress_profiles",
    method: "POST",
    path: "profile-suppression-bulk-create-jobs",
    scopes: ["profiles:write", "subscriptions:write"],
    limits: LARGE,
    query: {},
    hasBody: true,
    answer: (request) => {
      const { account, base, body, now } = request;
      const { data } = parseBody(suppressSchema, body);
      const emails = data.attributes.profiles.data.map(({ attributes }) => attributes.email);
      account.subscriptions.suppress(emails, "USER_SUPPRESSED", now);
      const id = Buffer.from(`suppression:${now}`).toString("base64url");
      return {
        status: 202,
        body: {
          data: {
            type: "profile-suppression-bulk-create-job",
            id,
            attributes: {
              status: "queued",
              created_at: timestamp(now),
              total_count: emails.length,
              completed_count: 0,
              completed_at: null,
              skipped_count: 0,
            },
            links: { self: `${base}/api/profile-suppression-bulk-create-jobs/${id}/` },
          },
        },
      };
    },
  },
];
