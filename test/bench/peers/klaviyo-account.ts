import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";

/** An account of the simulator, as a client meets it. */
export interface KlaviyoAccount {
  readonly url: string;
  readonly apiKey: string;
  readonly listId: string;
}

/** What became of a request. */
export type KlaviyoAnswer =
  | { readonly kind: "accepted"; readonly id: string | undefined }
  | { readonly kind: "throttled"; readonly retryAfterSeconds: number }
  | { readonly kind: "refused"; readonly status: number; readonly badPositions: readonly number[] };

const REVISION = "2026-07-15";

const answerSchema = z.object({
  data: z.object({ id: z.string() }).optional(),
  errors: z
    .array(z.object({ source: z.object({ pointer: z.string().optional() }).optional() }))
    .default([]),
});

/** One import job of these emails, on the account's list. */
export function postJob(
  account: KlaviyoAccount,
  emails: readonly string[],
): Promise<KlaviyoAnswer> {
  const profiles = emails.map((email) => ({ type: "profile", attributes: { email } }));
  return post(account, "profile-bulk-import-jobs", {
    type: "profile-bulk-import-job",
    attributes: { profiles: { data: profiles } },
    relationships: { lists: { data: [{ type: "list", id: account.listId }] } },
  });
}

/** One profile, made or changed. */
export function postProfile(account: KlaviyoAccount, email: string): Promise<KlaviyoAnswer> {
  return post(account, "profile-import", { type: "profile", attributes: { email } });
}

async function post(account: KlaviyoAccount, path: string, data: object): Promise<KlaviyoAnswer> {
  const response = await fetch(`${account.url}/api/${path}`, {
    method: "POST",
    headers: headersOf(account),
    body: JSON.stringify({ data }),
  });
  const text = await response.text();
  if (response.status === 429) {
    return {
      kind: "throttled",
      retryAfterSeconds: Number(response.headers.get("retry-after") ?? "1"),
    };
  }
  const { data: made, errors } = answerSchema.parse(text === "" ? {} : JSON.parse(text));
  if (response.ok) return { kind: "accepted", id: made?.id };
  const positions = errors.flatMap(({ source }) => {
    const [, position] = /profiles\/data\/(\d+)/.exec(source?.pointer ?? "") ?? [];
    return position === undefined ? [] : [Number(position)];
  });
  return { kind: "refused", status: response.status, badPositions: positions };
}

const jobSchema = z.object({ data: z.object({ attributes: z.object({ status: z.string() }) }) });

/** Asks for a job until it is complete, once a second. */
export async function awaitJob(account: KlaviyoAccount, id: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${account.url}/api/profile-bulk-import-jobs/${id}`, {
      headers: headersOf(account),
    });
    const text = await response.text();
    if (response.ok && jobSchema.parse(JSON.parse(text)).data.attributes.status === "complete")
      return;
    await sleep(1_000 * Math.max(1, Number(response.headers.get("retry-after") ?? "1")));
  }
}

function headersOf({ apiKey }: KlaviyoAccount): Record<string, string> {
  return {
    authorization: `Klaviyo-API-Key ${apiKey}`,
    revision: REVISION,
    "content-type": "application/vnd.api+json",
  };
}
