import type { Endpoint, EndpointRequest } from "../http/endpoint";
import { ApiFailure, notFound } from "../http/errors";
import { meets } from "../http/filters";
import { checkImportJob, type ImportJobInput } from "../input/import-job-input";
import type { ImportJob } from "../state/import-jobs";
import { collectionLinks, only, pageOf, placesOf } from "../http/paging";
import { USUAL_PAGES } from "../http/query";
import { MEDIUM } from "../http/rate-limits";
import { importJobResource, listResource } from "../http/resources";
import { LIST_FIELDS } from "./lists";

const TYPE = "profile-bulk-import-job";
const JOB_FIELDS = [
  "completed_at",
  "completed_count",
  "created_at",
  "expires_at",
  "failed_count",
  "started_at",
  "status",
  "total_count",
];
const PROFILE_POINTER = /^\/data\/attributes\/profiles\/data\/\d+/;

/** @throws ApiFailure 404 for a job that is unknown or has expired */
export function findJob({ account, id, now }: EndpointRequest): ImportJob {
  const job = account.jobs.get(id, now);
  if (job === undefined) throw notFound("profile-bulk-import-job", id);
  return job;
}

function readJob({
  account,
  body,
  faults,
  statistics,
  mostErrors,
  ignoresPhones,
}: EndpointRequest): ImportJobInput {
  try {
    return checkImportJob(body, {
      listExists: (id) => account.lists.get(id) !== undefined,
      profileExists: (id) => account.profiles.findById(id) !== undefined,
      refusal: faults.refusal(),
      valueRefusal: faults.valueRefusal(),
      ignoresPhones,
      mostErrors,
    });
  } catch (error) {
    if (error instanceof ApiFailure) {
      const pointers = error.errors.map(({ source }) =>
        "pointer" in source ? PROFILE_POINTER.exec(source.pointer)?.[0] : undefined,
      );
      const named = new Set(pointers.filter((pointer) => pointer !== undefined));
      statistics.add("profilesRefused", named.size);
    }
    throw error;
  }
}

export const importJobEndpoints: readonly Endpoint[] = [
  {
    operation: "bulk_import_profiles",
    method: "POST",
    path: "profile-bulk-import-jobs",
    scopes: ["lists:write", "profiles:write"],
    limits: MEDIUM,
    query: { fields: { [TYPE]: JOB_FIELDS } },
    hasBody: true,
    answer: (request) => {
      const { account, base, now, query, statistics } = request;
      const input = readJob(request);
      const job = account.jobs.accept(input, now);
      statistics.add("importJobs", 1);
      statistics.add("profilesAccepted", input.total);
      statistics.add("duplicatesInJobs", input.duplicates);
      return {
        status: 202,
        body: {
          data: importJobResource(job, base, query, { isNew: true }),
          links: { self: request.url.href },
        },
        ...(input.ignored.length === 0
          ? {}
          : { headers: { "X-Klaviyo-Partial-Failure": input.ignored.join(", ") } }),
      };
    },
  },
  {
    operation: "get_bulk_import_profiles_jobs",
    method: "GET",
    path: "profile-bulk-import-jobs",
    scopes: ["lists:read", "profiles:read"],
    limits: MEDIUM,
    query: {
      fields: { [TYPE]: JOB_FIELDS },
      sort: ["created_at"],
      filters: { status: ["any", "equals"] },
      page: USUAL_PAGES,
    },
    hasBody: false,
    answer: ({ account, base, now, query, url }) => {
      const places = only(
        placesOf(account.jobs.all),
        (job) => now < job.expiresAt && query.filters.every((filter) => meets(filter, job.status)),
      );
      const page = pageOf(places, query, query.sort?.descending);
      const data = page.items.map((job) => importJobResource(job, base, query));
      return { status: 200, body: { data, links: collectionLinks(url, page) } };
    },
  },
  {
    operation: "get_bulk_import_profiles_job",
    method: "GET",
    path: "profile-bulk-import-jobs/{id}",
    scopes: ["lists:read", "profiles:read"],
    limits: MEDIUM,
    query: { fields: { [TYPE]: JOB_FIELDS, list: LIST_FIELDS }, include: ["lists"] },
    hasBody: false,
    answer: (request) => {
      const { account, base, query, url } = request;
      const job = findJob(request);
      const list = job.listId === undefined ? undefined : account.lists.get(job.listId);
      const included = list === undefined ? [] : [listResource(list, base, query)];
      return {
        status: 200,
        body: {
          data: importJobResource(job, base, query),
          ...(query.include.has("lists") ? { included } : {}),
          links: { self: url.href },
        },
      };
    },
  },
];
