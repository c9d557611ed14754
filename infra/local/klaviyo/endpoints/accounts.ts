import type { Endpoint } from "../http/endpoint";
import { notFound } from "../http/errors";
import { SMALL } from "../http/rate-limits";
import { accountResource } from "../http/resources";

const query = {
  fields: {
    account: [
      "contact_information",
      "industry",
      "locale",
      "preferred_currency",
      "public_api_key",
      "test_account",
      "timezone",
    ],
  },
};

/** A key sees the one account that it belongs to. */
export const accountEndpoints: readonly Endpoint[] = [
  {
    operation: "get_accounts",
    method: "GET",
    path: "accounts",
    scopes: ["accounts:read"],
    limits: SMALL,
    query,
    hasBody: false,
    answer: ({ account, base, query: asked, url }) => ({
      status: 200,
      body: { data: [accountResource(account, base, asked)], links: { self: url.href } },
    }),
  },
  {
    operation: "get_account",
    method: "GET",
    path: "accounts/{id}",
    scopes: ["accounts:read"],
    limits: SMALL,
    query,
    hasBody: false,
    answer: ({ account, id, base, query: asked, url }) => {
      if (id !== account.id) throw notFound("account", id);
      return {
        status: 200,
        body: { data: accountResource(account, base, asked), links: { self: url.href } },
      };
    },
  },
];
