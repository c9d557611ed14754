import * as z from "zod";
import { parseBody, type Endpoint, type EndpointRequest } from "../http/endpoint";
import { invalidAt, invalidBody } from "../http/errors";
import { meets, type Filter } from "../http/filters";
import type { List } from "../state/lists";
import { collectionLinks, pageOf, placesOf, type Page, type Places } from "../http/paging";
import { USUAL_PAGES, type QueryRules } from "../http/query";
import { LARGE, MEDIUM } from "../http/rate-limits";
import { profileResource } from "../http/resources";
import { findList } from "./lists";
import { PROFILE_FIELDS } from "./profiles";

/** Klaviyo API reference: at most 1,000 profiles per call. */
const MOST_IDS = 1000;

const memberIds = z.strictObject({
  data: z
    .array(z.strictObject({ type: z.literal("profile"), id: z.string() }))
    .min(1, "At least one profile is needed.")
    .max(MOST_IDS, "At most 1000 profiles are allowed."),
});

const memberQuery: QueryRules = {
  sort: ["joined_group_at"],
  filters: {
    email: ["any", "equals"],
    phone_number: ["any", "equals"],
    joined_group_at: ["greater-or-equal", "greater-than", "less-or-equal", "less-than"],
  },
  page: USUAL_PAGES,
};

interface Member {
  readonly profile: number;
  readonly joinedAt: number;
}

function membersPage(list: List, { account, query }: EndpointRequest): Page<Member> {
  const { members } = list;
  const named = query.filters.filter((filter) => filter.field !== "joined_group_at");
  const timed = query.filters.filter((filter) => filter.field === "joined_group_at");
  const memberAt = (position: number): Member | undefined => {
    const profile = members.at(position);
    if (profile === undefined) return undefined;
    const joinedAt = members.joinedAt(position);
    return timed.every((filter) => meets(filter, joinedAt)) ? { profile, joinedAt } : undefined;
  };
  const positionsOf = (filter: Filter): Set<number> => {
    const find =
      filter.field === "email" ? account.profiles.findByEmail : account.profiles.findByPhoneNumber;
    const profiles = filter.values.map((value) => find(value));
    return new Set(
      profiles
        .map((profile) => (profile === undefined ? undefined : members.positionOf(profile)))
        .filter((position) => position !== undefined),
    );
  };
  let places: Places<Member> = { length: members.length(), at: memberAt };
  if (named.length > 0) {
    // A filter by email is looked up instead of read through a million members.
    const sets = named.map(positionsOf);
    const positions = [...(sets[0] ?? [])].filter((position) =>
      sets.every((set) => set.has(position)),
    );
    places = placesOf(positions.sort((a, b) => a - b).map(memberAt));
  }
  return pageOf(places, query, query.sort?.descending);
}

function profilesOf({ account, body }: EndpointRequest): readonly number[] {
  return parseBody(memberIds, body).data.map(({ id }, index) => {
    const profile = account.profiles.findById(id);
    if (profile !== undefined) return profile;
    const detail = `Profile ID ${id} does not exist.`;
    throw invalidBody([invalidAt(`/data/${index}/id`, detail)]);
  });
}

export const listMemberEndpoints: readonly Endpoint[] = [
  {
    operation: "get_profiles_for_list",
    method: "GET",
    path: "lists/{id}/profiles",
    scopes: ["lists:read", "profiles:read"],
    limits: LARGE,
    costly: {
      parameter: "additional-fields[profile]",
      value: "predictive_analytics",
      limits: MEDIUM,
    },
    query: {
      ...memberQuery,
      fields: { profile: [...PROFILE_FIELDS, "joined_group_at"] },
      additionalFields: { profile: ["subscriptions", "predictive_analytics"] },
    },
    hasBody: false,
    answer: (request) => {
      const { account, base, id, query, url } = request;
      const page = membersPage(findList(account, id), request);
      const data = page.items.map(({ profile, joinedAt }) =>
        profileResource(profile, account, base, query, joinedAt),
      );
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "get_profile_ids_for_list",
    method: "GET",
    path: "lists/{id}/relationships/profiles",
    scopes: ["lists:read", "profiles:read"],
    limits: LARGE,
    query: memberQuery,
    hasBody: false,
    answer: (request) => {
      const { account, id, url } = request;
      const page = membersPage(findList(account, id), request);
      const data = page.items.map(({ profile }) => ({
        type: "profile",
        id: account.profiles.idOf(profile),
      }));
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "add_profiles_to_list",
    method: "POST",
    path: "lists/{id}/relationships/profiles",
    scopes: ["lists:write", "profiles:write"],
    limits: MEDIUM,
    query: {},
    hasBody: true,
    answer: (request) => {
      const { members } = findList(request.account, request.id);
      for (const profile of profilesOf(request)) members.add(profile, request.now);
      return { status: 204 };
    },
  },
  {
    operation: "remove_profiles_from_list",
    method: "DELETE",
    path: "lists/{id}/relationships/profiles",
    scopes: ["lists:write", "profiles:write"],
    limits: MEDIUM,
    query: {},
    hasBody: true,
    answer: (request) => {
      const { members } = findList(request.account, request.id);
      for (const profile of profilesOf(request)) members.remove(profile);
      return { status: 204 };
    },
  },
];
