import * as z from "zod";
import type { Account } from "../state/accounts";
import { parseBody, type Endpoint, type EndpointRequest } from "../http/endpoint";
import { invalidAt, invalidBody, notFound } from "../http/errors";
import { meets } from "../http/filters";
import { timestamp } from "../json";
import type { List } from "../state/lists";
import { collectionLinks, only, pageOf, placesOf } from "../http/paging";
import { LIST_PAGES } from "../http/query";
import { LARGE, LIST_CREATION, MEDIUM, SMALL } from "../http/rate-limits";
import { listResource } from "../http/resources";

export const LIST_FIELDS = ["created", "name", "opt_in_process", "updated"];
const RELATED_FIELDS = {
  flow: ["archived", "created", "name", "status", "trigger_type", "updated"],
  tag: ["name"],
};

const name = z.string("The name must be a string.").trim().min(1, "The name is required.");
const optInProcess = z.enum(["single_opt_in", "double_opt_in"]).nullish();

const creation = z.strictObject({
  data: z.strictObject({
    type: z.literal("list"),
    attributes: z.strictObject({ name, opt_in_process: optInProcess }),
  }),
});

const change = z.strictObject({
  data: z.strictObject({
    type: z.literal("list"),
    id: z.string(),
    attributes: z.strictObject({ name: name.nullish(), opt_in_process: optInProcess }),
  }),
});

/** @throws ApiFailure 404 */
export function findList(account: Account, id: string): List {
  const list = account.lists.get(id);
  if (list === undefined) throw notFound("list", id);
  return list;
}

function sortKey(list: List, field: string): string {
  switch (field) {
    case "name":
      return list.name;
    case "id":
      return list.id;
    case "updated":
      return timestamp(list.updatedAt);
    default:
      return timestamp(list.createdAt);
  }
}

function answerLists({ account, base, query, url }: EndpointRequest) {
  const { sort } = query;
  let lists: readonly (List | undefined)[] = account.lists.all;
  if (sort !== undefined) {
    lists = lists
      .filter((list) => list !== undefined)
      .sort(
        (a, b) => compare(sortKey(a, sort.field), sortKey(b, sort.field)) || a.serial - b.serial,
      );
  }
  const actual = (list: List, field: string): string | number => {
    if (field === "name") return list.name;
    if (field === "id") return list.id;
    return field === "created" ? list.createdAt : list.updatedAt;
  };
  const places = only(placesOf(lists), (list) =>
    query.filters.every((filter) => meets(filter, actual(list, filter.field))),
  );
  const page = pageOf(places, query, sort?.descending);
  const data = page.items.map((list) => listResource(list, base, query));
  const included = query.include.size > 0 ? { included: [] } : {};
  return { status: 200, body: { data, ...included, links: collectionLinks(url, page) } } as const;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const listEndpoints: readonly Endpoint[] = [
  {
    operation: "get_lists",
    method: "GET",
    path: "lists",
    scopes: ["lists:read"],
    limits: LARGE,
    query: {
      fields: { ...RELATED_FIELDS, list: LIST_FIELDS },
      include: ["flow-triggers", "tags"],
      sort: ["created", "id", "name", "updated"],
      filters: {
        name: ["any", "equals"],
        id: ["any", "equals"],
        created: ["greater-than"],
        updated: ["greater-than"],
      },
      page: LIST_PAGES,
    },
    hasBody: false,
    answer: answerLists,
  },
  {
    operation: "create_list",
    method: "POST",
    path: "lists",
    scopes: ["lists:write"],
    limits: LIST_CREATION,
    query: { fields: { list: LIST_FIELDS } },
    hasBody: true,
    answer: ({ account, base, body, query, now, url }) => {
      const { attributes } = parseBody(creation, body).data;
      const list = account.lists.create(
        { name: attributes.name, optInProcess: attributes.opt_in_process ?? undefined },
        now,
      );
      return {
        status: 201,
        body: { data: listResource(list, base, query), links: { self: url.href } },
      };
    },
  },
  {
    operation: "get_list",
    method: "GET",
    path: "lists/{id}",
    scopes: ["lists:read"],
    limits: LARGE,
    costly: { parameter: "additional-fields[list]", value: "profile_count", limits: SMALL },
    query: {
      fields: { ...RELATED_FIELDS, list: [...LIST_FIELDS, "profile_count"] },
      additionalFields: { list: ["profile_count"] },
      include: ["flow-triggers", "tags"],
    },
    hasBody: false,
    answer: ({ account, id, base, query, url }) => ({
      status: 200,
      body: {
        data: listResource(findList(account, id), base, query),
        ...(query.include.size > 0 ? { included: [] } : {}),
        links: { self: url.href },
      },
    }),
  },
  {
    operation: "update_list",
    method: "PATCH",
    path: "lists/{id}",
    scopes: ["lists:write"],
    limits: MEDIUM,
    query: { fields: { list: LIST_FIELDS } },
    hasBody: true,
    answer: ({ account, id, base, body, query, now }) => {
      const { data } = parseBody(change, body);
      if (data.id !== id) {
        throw invalidBody([invalidAt("/data/id", "The id must be the one in the path.")]);
      }
      const list = findList(account, id);
      list.name = data.attributes.name ?? list.name;
      list.optInProcess = data.attributes.opt_in_process ?? list.optInProcess;
      list.updatedAt = now;
      return { status: 200, body: { data: listResource(list, base, query) } };
    },
  },
  {
    operation: "delete_list",
    method: "DELETE",
    path: "lists/{id}",
    scopes: ["lists:write"],
    limits: MEDIUM,
    query: {},
    hasBody: false,
    answer: ({ account, id }) => {
      if (!account.lists.delete(id)) throw notFound("list", id);
      return { status: 204 };
    },
  },
];
