import * as z from "zod";
import { componentSchemas } from "../components";
import {
  problemCatalogue,
  problemCodeSchema,
  type DomainError,
  type ProblemCode,
} from "../../domain/problems/problem";
import { redact } from "../../domain/text/redaction";

/**
 * The HTTP status of every problem that a request can meet. A problem that is not here is one that no
 * request should meet, and is answered as `internalError`, without details.
 */
export const problemStatuses: Partial<Record<ProblemCode, number>> = {
  invalidRequest: 400,
  notAuthenticated: 401,
  notPermitted: 403,
  connectionNotFound: 404,
  exportNotFound: 404,
  runNotFound: 404,
  previewNotFound: 404,
  listNotFound: 404,
  routeNotFound: 404,
  segmentMissing: 404,
  sourceNotFound: 404,
  reportNotAvailable: 404,
  displayNameTaken: 409,
  connectionInUse: 409,
  noConnectionAvailable: 409,
  exportRunning: 409,
  previewRunning: 409,
  listMirrored: 409,
  runEnded: 409,
  exportChanged: 409,
  connectionChanged: 409,
  scheduleChanged: 409,
  segmentSettingsChanged: 409,
  ownSecretInUse: 409,
  sourceIdTaken: 409,
  tooManySources: 409,
  sourceChanged: 409,
  sourceInUse: 409,
  sourceBuiltIn: 409,
  segmentChanged: 409,
  reconcileUpsert: 409,
  idempotencyKeyBusy: 409,
  reportExpired: 410,
  versionStale: 412,
  requestTooLarge: 413,
  mediaTypeUnsupported: 415,
  idempotencyKeyReused: 422,
  keyRefused: 422,
  scopesMissing: 422,
  signInForeign: 422,
  signInNotFinished: 422,
  signInEnded: 422,
  signInScopesMissing: 422,
  signInUnavailable: 409,
  signInAppRefused: 409,
  accountMismatch: 422,
  ownSecretUnreadable: 422,
  secretUnreadable: 422,
  secretScheduledForDeletion: 422,
  segmentUnfinished: 409,
  manifestUnreadable: 422,
  segmentUnreadable: 422,
  diskFull: 422,
  lakeTable: 422,
  severalRuns: 422,
  partitionsDiffer: 422,
  segmentTooLarge: 422,
  headerMissing: 422,
  columnsDiffer: 422,
  fieldMissing: 422,
  sourceNotEnabled: 422,
  sourceForbidden: 422,
  azureFederationDisabled: 422,
  entraAppNotFound: 422,
  entraAppNotFederated: 422,
  sourcePlaceMissing: 422,
  modelMissing: 422,
  modelUnreadable: 422,
  appendOnlyTable: 422,
  rowsUnlikeModel: 422,
  headerUnlikeModel: 422,
  internalError: 500,
  itemUnreadable: 500,
  klaviyoForbids: 422,
  klaviyoRefused: 502,
  klaviyoUnavailable: 503,
  sourceUnavailable: 503,
};

/** What a field of the request names and is not there is no missing page, but a fault of the request. */
export function statusOf({
  problem,
  field,
}: Pick<DomainError, "problem" | "field">): number | undefined {
  const status = problemStatuses[problem.code];
  return status === 404 && field !== undefined ? 422 : status;
}

/** The body of every answer to a request that can't be done: problem details (RFC 9457) and more. */
export const problemAnswerSchema = z
  .object({
    /** `urn:klaviyo-segment-export:problem:` and the code. */
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    /** What happened and what to do, as two sentences. */
    detail: z.string(),
    code: problemCodeSchema.clone().register(componentSchemas, {
      documentedAs: { type: "string", enum: Object.keys(problemCatalogue) },
    }),
    /** JSON pointer of the field of the request that is at fault. */
    field: z.string().optional(),
    /** Values that the detail was filled with. */
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    requestId: z.string(),
  })
  .register(componentSchemas, { id: "Problem" });
export type ProblemAnswer = z.infer<typeof problemAnswerSchema>;

/** The texts may repeat what the request held, so keys and addresses are taken out of them. */
export function presentProblem(
  { problem, field }: Pick<DomainError, "problem" | "field">,
  status: number,
  requestId: string,
): ProblemAnswer {
  const { code, message, params } = problem;
  return {
    type: `urn:klaviyo-segment-export:problem:${code}`,
    title: titleOf(code),
    status,
    detail: redact(message),
    code,
    ...(field === undefined ? {} : { field: redactPointer(field) }),
    ...(Object.keys(params).length === 0
      ? {}
      : {
          params: Object.fromEntries(
            Object.entries(params).map(([name, value]) => [
              name,
              typeof value === "string" ? redact(value) : value,
            ]),
          ),
        }),
    requestId,
  };
}

/** Step by step, so that it stays a pointer. */
function redactPointer(pointer: string): string {
  return pointer.split("/").map(redact).join("/");
}

/** `exportNotFound` is titled “Export not found”: RFC 9457 wants the same title for every occurrence. */
function titleOf(code: string): string {
  const words = code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
