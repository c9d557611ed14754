import type { Endpoint, EndpointRequest } from "../http/endpoint";
import type { ImportJob } from "../state/import-jobs";
import { collectionLinks, pageOf, placesOf, type Page } from "../http/paging";
import { USUAL_PAGES } from "../http/query";
import { MEDIUM } from "../http/rate-limits";
import { importErrorResource, listResource, profileResource } from "../http/resources";
import { findJob } from "./import-jobs";
import { LIST_FIELDS } from "./lists";
import { PROFILE_FIELDS } from "./profiles";

function profilesPage(job: ImportJob, { query }: EndpointRequest): Page<number> {
  const at = (place: number): number | undefined =>
    place < job.imported ? job.profiles[place] : undefined;
  return pageOf({ length: job.imported, at }, query);
}

export const importJobContentEndpoints: readonly Endpoint[] = [
  {
    operation: "get_errors_for_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}/import-errors",
    scopes: ["profiles:read"],
    limits: MEDIUM,
    query: {
      fields: { "import-error": ["code", "detail", "original_payload", "source", "title"] },
      page: USUAL_PAGES,
    },
    hasBody: false,
    answer: (request) => {
      const { query, url } = request;
      const job = findJob(request);
      const resources = job.errors.map((error, place) => ({ error, place }));
      const page = pageOf(placesOf(resources), query);
      const data = page.items.map(({ error, place }) =>
        importErrorResource(error, job, place, query),
      );
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "get_profiles_for_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}/profiles",
    scopes: ["profiles:read"],
    limits: MEDIUM,
    query: {
      fields: { profile: PROFILE_FIELDS },
      additionalFields: { profile: ["subscriptions", "predictive_analytics"] },
      page: USUAL_PAGES,
    },
    hasBody: false,
    answer: (request) => {
      const { account, base, query, url } = request;
      const page = profilesPage(findJob(request), request);
      const data = page.items.map((profile) => profileResource(profile, account, base, query));
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "get_profile_ids_for_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}/relationships/profiles",
    scopes: ["profiles:read"],
    limits: MEDIUM,
    query: { page: USUAL_PAGES },
    hasBody: false,
    answer: (request) => {
      const page = profilesPage(findJob(request), request);
      const data = page.items.map((profile) => ({
        type: "profile",
        id: request.account.profiles.idOf(profile),
      }));
      return { status: 200, body: { data, links: collectionLinks(request.url, page) } };
    },
  },
  {
    operation: "get_list_for_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}/lists",
    scopes: ["lists:read"],
    limits: MEDIUM,
    query: { fields: { list: LIST_FIELDS } },
    hasBody: false,
    answer: (request) => {
      const { base, query, url } = request;
      const data = listOf(request).map((list) => listResource(list, base, query));
      return { status: 200, body: { data, links: { self: url.href } } };
    },
  },
  {
    operation: "get_list_ids_for_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}/relationships/lists",
    scopes: ["lists:read"],
    limits: MEDIUM,
    query: {},
    hasBody: false,
    answer: (request) => {
      const data = listOf(request).map(({ id }) => ({ type: "list", id }));
      return { status: 200, body: { data, links: { self: request.url.href } } };
    },
  },
];

/** The job's list, unless it has none or the list has been deleted since. */
function listOf(request: EndpointRequest) {
  const { listId } = findJob(request);
  const list = listId === undefined ? undefined : request.account.lists.get(listId);
  return list === undefined ? [] : [list];
}
