import * as z from "zod";
import { emailFilter } from "../../domain/klaviyo/email-filter";
import type { ImportError, ImportJob, Klaviyo } from "../../ports";
import { profilePosition } from "../../domain/klaviyo/profile-pointer";
import {
  importErrorsAnswerSchema,
  importJobAnswerSchema,
  importJobsAnswerSchema,
  listAnswerSchema,
  listsAnswerSchema,
  listSizeAnswerSchema,
  profilesAnswerSchema,
  type ImportErrorAnswer,
  type ImportJobAnswer,
} from "./klaviyo-answers";
import { checkKey } from "./check-key";
import { createKlaviyoHttp, type CallKlaviyo } from "./klaviyo-http";
import { map, pageOf, pagePath } from "./paging";
import { createProfileValueCalls } from "./profile-values";
import { createSubscriptionCalls } from "./subscriptions";

/** The largest page of lists. */
const LIST_PAGE_SIZE = "10";

/** Klaviyo's REST API at `baseUrl`. */
export function createKlaviyo(baseUrl: string): Klaviyo {
  return createKlaviyoCalls(createKlaviyoHttp(baseUrl));
}

/** The calls that the exporter makes: what is asked, and how the answers are read. */
export function createKlaviyoCalls(call: CallKlaviyo): Klaviyo {
  return {
    checkKey: (credential) => checkKey(call, credential),
    getList: async (credential, listId) =>
      map(
        await call(
          { method: "GET", path: `/api/lists/${encodeURIComponent(listId)}`, credential },
          listAnswerSchema,
        ),
        ({ data: { id, attributes } }) => ({
          id,
          name: attributes.name,
          doubleOptIn: attributes.opt_in_process !== "single_opt_in",
        }),
      ),
    getListSize: async (credential, listId) =>
      map(
        await call(
          {
            method: "GET",
            path: `/api/lists/${encodeURIComponent(listId)}?${new URLSearchParams({
              "additional-fields[list]": "profile_count",
            }).toString()}`,
            credential,
          },
          listSizeAnswerSchema,
        ),
        ({ data }) => data.attributes.profile_count,
      ),
    listProfiles: async (credential, listId, { emails, after } = {}) =>
      pageOf(
        await call(
          {
            method: "GET",
            path: pagePath(`/api/lists/${encodeURIComponent(listId)}/profiles`, after, {
              "fields[profile]": "email",
              ...(emails === undefined ? {} : { filter: emailFilter(emails) }),
            }),
            credential,
          },
          profilesAnswerSchema,
        ),
        after,
        ({ data }) =>
          data.map(({ id, attributes }) => ({
            profileId: id,
            email: attributes.email?.toLowerCase() ?? null,
          })),
      ),
    removeFromList: async (credential, listId, profileIds) =>
      map(
        await call(
          {
            method: "DELETE",
            path: `/api/lists/${encodeURIComponent(listId)}/relationships/profiles`,
            credential,
            body: JSON.stringify({ data: profileIds.map((id) => ({ type: "profile", id })) }),
          },
          z.undefined(),
        ),
        () => undefined,
      ),
    listLists: async (credential, after) =>
      pageOf(
        await call(
          {
            method: "GET",
            path: pagePath("/api/lists", after, { sort: "name" }, LIST_PAGE_SIZE),
            credential,
          },
          listsAnswerSchema,
        ),
        after,
        ({ data }) => data.map(({ id, attributes }) => ({ id, name: attributes.name })),
      ),
    createList: async (credential, name) =>
      map(
        await call(
          {
            method: "POST",
            path: "/api/lists",
            credential,
            body: JSON.stringify({ data: { type: "list", attributes: { name } } }),
          },
          listAnswerSchema,
        ),
        ({ data }) => ({ id: data.id, name: data.attributes.name }),
      ),
    createImportJob: async (credential, body) =>
      map(
        await call(
          { method: "POST", path: "/api/profile-bulk-import-jobs", credential, body },
          importJobAnswerSchema,
        ),
        ({ data }) => importJob(data),
      ),
    getImportJob: async (credential, jobId) =>
      map(
        await call(
          {
            method: "GET",
            path: `/api/profile-bulk-import-jobs/${encodeURIComponent(jobId)}`,
            credential,
          },
          importJobAnswerSchema,
        ),
        ({ data }) => importJob(data),
      ),
    listImportJobs: async (credential, after) =>
      pageOf(
        await call(
          {
            method: "GET",
            path: pagePath("/api/profile-bulk-import-jobs", after, { sort: "-created_at" }),
            credential,
          },
          importJobsAnswerSchema,
        ),
        after,
        ({ data }) => data.map(importJob),
      ),
    listImportErrors: async (credential, jobId, after) =>
      pageOf(
        await call(
          {
            method: "GET",
            path: pagePath(
              `/api/profile-bulk-import-jobs/${encodeURIComponent(jobId)}/import-errors`,
              after,
            ),
            credential,
          },
          importErrorsAnswerSchema,
        ),
        after,
        ({ data }) => data.map(importError),
      ),
    ...createSubscriptionCalls(call),
    ...createProfileValueCalls(call),
  };
}

function importJob({ id, attributes }: ImportJobAnswer): ImportJob {
  return {
    jobId: id,
    status: attributes.status,
    total: attributes.total_count,
    completed: attributes.completed_count ?? 0,
    failed: attributes.failed_count ?? 0,
  };
}

function importError({ attributes }: ImportErrorAnswer): ImportError {
  return {
    code: attributes.code,
    detail: attributes.detail === "" ? attributes.title : attributes.detail,
    email: attributes.original_payload?.toLowerCase() ?? null,
    position: profilePosition(attributes.source?.pointer ?? null),
  };
}
