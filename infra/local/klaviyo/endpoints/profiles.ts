import type { Account } from "../state/accounts";
import type { Endpoint, EndpointRequest } from "../http/endpoint";
import { ApiFailure, invalidAt, invalidBody, notFound } from "../http/errors";
import { meets, type Filter } from "../http/filters";
import { isObject } from "../json";
import { collectionLinks, only, pageOf, placesOf, type Places } from "../http/paging";
import { PROFILE_TEXTS } from "../input/profile-attributes";
import { checkProfile, type ProfileInput } from "../input/profile-input";
import { USUAL_PAGES, type QueryRules } from "../http/query";
import { LARGE, MEDIUM } from "../http/rate-limits";
import { profileResource } from "../http/resources";

export const PROFILE_FIELDS = [
  ...PROFILE_TEXTS,
  ...["created", "email", "last_event_date", "location", "predictive_analytics", "properties"],
  ...["subscriptions", "updated"],
];

const profileQuery: QueryRules = {
  fields: { profile: PROFILE_FIELDS },
  additionalFields: { profile: ["subscriptions", "predictive_analytics"] },
};
const COSTLY = {
  parameter: "additional-fields[profile]",
  value: "predictive_analytics",
  limits: MEDIUM,
};

function readProfile(
  { account, body }: EndpointRequest,
  identifierNeeded: boolean,
  pathId?: string,
  onIgnored?: (name: string) => void,
): ProfileInput {
  const data = isObject(body) ? body["data"] : undefined;
  if (!isObject(data)) throw invalidBody([invalidAt("/data", "'data' is required.")]);
  if (pathId !== undefined && data["id"] !== pathId) {
    throw invalidBody([invalidAt("/data/id", "The id must be the one in the path.")]);
  }
  const check = checkProfile(data, {
    pointer: () => "/data",
    idExists: (id) => account.profiles.findById(id) !== undefined,
    identifierNeeded,
    onIgnored,
  });
  if (!check.ok) throw invalidBody(check.errors);
  return check.input;
}

/** The other profile that has one of the identifiers already. */
function findConflict(account: Account, input: ProfileInput, own?: number): number | undefined {
  const { profiles } = account;
  const holders = [
    input.email === undefined ? undefined : profiles.findByEmail(input.email),
    input.phoneNumber === undefined ? undefined : profiles.findByPhoneNumber(input.phoneNumber),
    input.externalId === undefined ? undefined : profiles.findByExternalId(input.externalId),
  ];
  return holders.find((holder) => holder !== undefined && holder !== own);
}

function requireNoConflict(account: Account, input: ProfileInput, own?: number): void {
  const holder = findConflict(account, input, own);
  if (holder === undefined) return;
  throw new ApiFailure(409, [
    {
      code: "duplicate_profile",
      title: "Conflict.",
      detail: "A profile already exists with one of these identifiers.",
      source: { pointer: "/data/attributes" },
      meta: { duplicate_profile_id: account.profiles.idOf(holder) },
    },
  ]);
}

function answerProfile(status: 200 | 201, profile: number, request: EndpointRequest) {
  const { account, base, query, url } = request;
  const data = profileResource(profile, account, base, query);
  return { status, body: { data, links: { self: url.href } } };
}

function profilePlaces({ account, query }: EndpointRequest): Places<number> {
  const { profiles } = account;
  const find = (filter: Filter, value: string): number | undefined => {
    switch (filter.field) {
      case "id":
        return profiles.findById(value);
      case "email":
        return profiles.findByEmail(value);
      case "phone_number":
        return profiles.findByPhoneNumber(value);
      default:
        return profiles.findByExternalId(value);
    }
  };
  const isTime = (filter: Filter): boolean =>
    filter.field === "created" || filter.field === "updated";
  const named = query.filters.filter((filter) => !isTime(filter));
  let places: Places<number> = {
    length: profiles.count(),
    at: (place) => (place >= 0 && place < profiles.count() ? place : undefined),
  };
  if (named.length > 0) {
    const sets = named.map((filter) => new Set(filter.values.map((value) => find(filter, value))));
    const found = [...(sets[0] ?? [])].filter((profile) => profile !== undefined);
    places = placesOf(
      found.filter((profile) => sets.every((set) => set.has(profile))).sort((a, b) => a - b),
    );
  }
  const timed = query.filters.filter(isTime);
  if (timed.length === 0) return places;
  const time = (profile: number, filter: Filter): number =>
    filter.field === "created" ? profiles.createdAt(profile) : profiles.updatedAt(profile);
  return only(places, (profile) => timed.every((filter) => meets(filter, time(profile, filter))));
}

export const profileEndpoints: readonly Endpoint[] = [
  {
    operation: "get_profiles",
    method: "GET",
    path: "profiles",
    scopes: ["profiles:read"],
    limits: LARGE,
    costly: COSTLY,
    query: {
      ...profileQuery,
      // Profiles are numbered as they are created, and their ids are sorted likewise.
      sort: ["created", "id"],
      filters: {
        id: ["any", "equals"],
        email: ["any", "equals"],
        phone_number: ["any", "equals"],
        external_id: ["any", "equals"],
        created: ["greater-than", "less-than"],
        updated: ["greater-than", "less-than"],
      },
      page: USUAL_PAGES,
    },
    hasBody: false,
    answer: (request) => {
      const { account, base, query, url } = request;
      const page = pageOf(profilePlaces(request), query, query.sort?.descending);
      const data = page.items.map((profile) => profileResource(profile, account, base, query));
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "create_profile",
    method: "POST",
    path: "profiles",
    scopes: ["profiles:write"],
    limits: LARGE,
    query: profileQuery,
    hasBody: true,
    answer: (request) => {
      const input = readProfile(request, true);
      if (input.id !== undefined) {
        throw invalidBody([invalidAt("/data/id", "A new profile can't be given an id.")]);
      }
      requireNoConflict(request.account, input);
      return answerProfile(
        201,
        request.account.profiles.upsert(input, "clears", request.now),
        request,
      );
    },
  },
  {
    operation: "get_profile",
    method: "GET",
    path: "profiles/{id}",
    scopes: ["profiles:read"],
    limits: LARGE,
    query: profileQuery,
    hasBody: false,
    answer: (request) => {
      const profile = request.account.profiles.findById(request.id);
      if (profile === undefined) throw notFound("profile", request.id);
      return answerProfile(200, profile, request);
    },
  },
  {
    operation: "update_profile",
    method: "PATCH",
    path: "profiles/{id}",
    scopes: ["profiles:write"],
    limits: LARGE,
    query: profileQuery,
    hasBody: true,
    answer: (request) => {
      const { account, id, now } = request;
      const profile = account.profiles.findById(id);
      if (profile === undefined) throw notFound("profile", id);
      const input = readProfile(request, false, id);
      requireNoConflict(account, input, profile);
      account.profiles.update(profile, input, "clears", now);
      return answerProfile(200, profile, request);
    },
  },
  {
    operation: "create_or_update_profile",
    method: "POST",
    path: "profile-import",
    scopes: ["profiles:write"],
    limits: LARGE,
    query: profileQuery,
    hasBody: true,
    answer: (request) => {
      const input = readProfile(request, true);
      const { profiles } = request.account;
      const isNew = profiles.find(input) === undefined;
      return answerProfile(
        isNew ? 201 : 200,
        profiles.upsert(input, "clears", request.now),
        request,
      );
    },
  },
];
