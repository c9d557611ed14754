import type { Account } from "../state/accounts";
import type { ImportError, ImportJob } from "../state/import-jobs";
import { preciseTimestamp, timestamp, type JsonObject } from "../json";
import type { List } from "../state/lists";
import { PROFILE_TEXTS } from "../input/profile-attributes";
import { sparse, type Query } from "./query";
import { subscriptionsResource } from "../state/subscriptions";

/** A JSON:API resource, or one reduced to type and id. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, string>>;
}

function relationship(base: string, path: string, name: string): JsonObject {
  return {
    links: {
      self: `${base}/api/${path}/relationships/${name}/`,
      related: `${base}/api/${path}/${name}/`,
    },
  };
}

export function accountResource(account: Account, base: string, query: Query): Resource {
  const attributes = {
    test_account: account.testAccount,
    contact_information: {
      default_sender_name: account.organizationName,
      default_sender_email: "sender@example.com",
      website_url: null,
      organization_name: account.organizationName,
      street_address: {
        address1: null,
        address2: null,
        city: null,
        region: null,
        country: null,
        zip: null,
      },
    },
    industry: account.industry,
    timezone: account.timezone,
    preferred_currency: account.preferredCurrency,
    public_api_key: account.id,
    locale: account.locale,
  };
  return {
    type: "account",
    id: account.id,
    attributes: sparse(attributes, "account", query),
    links: { self: `${base}/api/accounts/${account.id}/` },
  };
}

export function listResource(list: List, base: string, query: Query): Resource {
  const path = `lists/${list.id}`;
  const attributes = {
    name: list.name,
    created: timestamp(list.createdAt),
    updated: timestamp(list.updatedAt),
    opt_in_process: list.optInProcess,
    ...(query.additionalFields.has("profile_count") ? { profile_count: list.members.count() } : {}),
  };
  return {
    type: "list",
    id: list.id,
    attributes: sparse(attributes, "list", query),
    relationships: {
      profiles: relationship(base, path, "profiles"),
      tags: relationship(base, path, "tags"),
      "flow-triggers": relationship(base, path, "flow-triggers"),
    },
    links: { self: `${base}/api/${path}/` },
  };
}

export function profileResource(
  profile: number,
  account: Account,
  base: string,
  query: Query,
  joinedAt?: number,
): Resource {
  const id = account.profiles.idOf(profile);
  const path = `profiles/${id}`;
  const stored = account.profiles.attributesOf(profile);
  const texts = PROFILE_TEXTS.map((name): [string, unknown] => [name, stored[name] ?? null]);
  const attributes = {
    email: account.profiles.emailOf(profile) ?? null,
    ...Object.fromEntries(texts),
    created: timestamp(account.profiles.createdAt(profile)),
    updated: timestamp(account.profiles.updatedAt(profile)),
    anonymous_id: null,
    whatsapp_bsuid: null,
    last_event_date: null,
    location: stored["location"] ?? {},
    properties: stored["properties"] ?? {},
    ...(joinedAt === undefined ? {} : { joined_group_at: timestamp(joinedAt) }),
    ...(query.additionalFields.has("subscriptions")
      ? { subscriptions: subscriptionsResource(account.subscriptions.of(profile)) }
      : {}),
  };
  return {
    type: "profile",
    id,
    attributes: sparse(attributes, "profile", query),
    relationships: {
      lists: relationship(base, path, "lists"),
      segments: relationship(base, path, "segments"),
      "push-tokens": relationship(base, path, "push-tokens"),
      conversation: relationship(base, path, "conversation"),
    },
    links: { self: `${base}/api/${path}/` },
  };
}

/** @param isNew whether the job is answered to its own request; Klaviyo writes its time in whole seconds then. */
export function importJobResource(
  job: ImportJob,
  base: string,
  query: Query,
  { isNew = false }: { isNew?: boolean } = {},
): Resource {
  const path = `profile-bulk-import-jobs/${job.id}`;
  const ended = job.status === "complete";
  const attributes = {
    status: job.status,
    created_at: isNew ? timestamp(job.createdAt) : preciseTimestamp(job.createdAt),
    total_count: job.total,
    completed_count: job.completed,
    failed_count: job.errors.length,
    completed_at: ended ? timestamp(job.completeAt) : null,
    expires_at: timestamp(job.expiresAt),
    started_at: job.status === "queued" ? null : timestamp(job.startAt),
  };
  const lists = relationship(base, path, "lists");
  return {
    type: "profile-bulk-import-job",
    id: job.id,
    attributes: sparse(attributes, "profile-bulk-import-job", query),
    relationships: {
      lists: { data: listsOf(job), ...lists },
      profiles: relationship(base, path, "profiles"),
      "import-errors": { links: { related: `${base}/api/${path}/import-errors/` } },
    },
    links: { self: `${base}/api/${path}/` },
  };
}

function listsOf(job: ImportJob): readonly Resource[] {
  return job.listId === undefined ? [] : [{ type: "list", id: job.listId }];
}

export function importErrorResource(
  error: ImportError,
  job: ImportJob,
  place: number,
  query: Query,
): Resource {
  const attributes = {
    code: error.code,
    title: error.title,
    detail: error.detail,
    source: { pointer: error.pointer },
    original_payload: error.originalPayload,
  };
  return {
    type: "import-error",
    id: Buffer.from(`${job.id}:${place}`).toString("base64url"),
    attributes: sparse(attributes, "import-error", query),
  };
}
