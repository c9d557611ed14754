import { randomUUID } from "node:crypto";
import type { ApiRoute } from "../../shared/config/api-routes";
import { auditEntrySchema, type AuditEntry } from "../../shared/domain/access/audit";
import { DomainError } from "../../shared/domain/problems/problem";
import { redact } from "../../shared/domain/text/redaction";
import type { AuditCompletion, AuditLog, Clock } from "../../shared/ports";
import { idSchema } from "../../shared/contract/request-parts";
import type { ApiEvent, RouteHandler, ChangeNote } from "./api-event";
import { problemStatuses } from "../../shared/contract/answers/problem-answer";

/** What a function needs that has routes which change something. */
export interface ChangeDependencies {
  readonly audit: Pick<AuditLog, "add" | "complete">;
  readonly clock: Clock;
}

/** Longer texts from outside are cut. */
const MOST_CHARACTERS = 200;

/**
 * Puts every request that may change something into the audit log, whatever comes of it. The entry is
 * written first, with its outcome unknown: what can't be recorded is not done. It is completed afterwards;
 * if that fails, the log truly says that the outcome is not known.
 */
export function auditChanges(
  { audit, clock }: ChangeDependencies,
  route: ApiRoute,
  handle: RouteHandler,
): RouteHandler {
  return async (event) => {
    const entry = entryOf(event, route, clock);
    await audit.add(entry);
    let note: ChangeNote = {};
    event.note = (noted) => {
      note = { ...note, ...noted };
    };
    const complete = async (outcome: Pick<AuditCompletion, "outcome" | "code">): Promise<void> => {
      try {
        await audit.complete(entry, { ...withoutKeys(note), ...outcome });
      } catch (error) {
        event.log.error("auditIncomplete", { auditId: entry.auditId, error });
      }
    };
    try {
      const answer = await handle(event);
      await complete({ outcome: "succeeded" });
      return answer;
    } catch (error) {
      await complete(outcomeOf(error));
      throw error;
    }
  };
}

/** A request as the log begins with it, its outcome unknown. */
export function entryOf(
  event: ApiEvent,
  route: ApiRoute,
  clock: Pick<ChangeDependencies["clock"], "now">,
): AuditEntry {
  return {
    auditId: randomUUID(),
    at: clock.now().toISOString(),
    action: route.action,
    actor: { userId: cut(event.caller.userId), role: event.caller.role },
    source: sourceOf(event),
    outcome: "unknown",
    ...targetOf(event),
  };
}

/** How a request went that something was thrown for. */
export function outcomeOf(error: unknown): { outcome: "refused" | "failed"; code: string } {
  const code = error instanceof DomainError ? error.problem.code : "internalError";
  return { outcome: (problemStatuses[code] ?? 500) < 500 ? "refused" : "failed", code };
}

function sourceOf({ requestContext }: ApiEvent): AuditEntry["source"] {
  const { requestId, http } = requestContext;
  return {
    kind: "api",
    requestId,
    ...(typeof http.sourceIp === "string" ? { ip: cut(http.sourceIp) } : {}),
    ...(typeof http.userAgent === "string" ? { userAgent: cut(http.userAgent) } : {}),
  };
}

/** What the path names. */
function targetOf({ pathParameters = {} }: ApiEvent): Pick<AuditEntry, "target"> {
  for (const kind of ["connection", "export", "run"] as const) {
    const id = idSchema.safeParse(pathParameters[`${kind}Id`]);
    if (id.success) {
      return { target: { kind, id: redact(id.data) } };
    }
  }
  return {};
}

function cut(text: string): string {
  return redact(text.slice(0, MOST_CHARACTERS)).toWellFormed();
}

/** A note without the keys and addresses in its texts. */
export function withoutKeys(
  note: ChangeNote,
): Pick<AuditCompletion, "target" | "runId" | "before" | "after"> {
  return auditEntrySchema
    .pick({ target: true, runId: true, before: true, after: true })
    .parse(
      JSON.parse(JSON.stringify(note), (_name, value: unknown) =>
        typeof value === "string" ? redact(value) : value,
      ),
    );
}
