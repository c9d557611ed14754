import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import { DEFAULT_ACCOUNT } from "../../../infra/local/klaviyo/options";
import {
  startKlaviyoSimulator,
  type KlaviyoSimulator,
  type KlaviyoSimulatorOptions,
} from "../../../infra/local/klaviyo/simulator";

/** A clock that stands still until it is told to go on. */
export interface TestClock {
  now: () => number;
  advance(milliseconds: number): void;
}

export function createClock(start = Date.parse("2026-11-02T09:00:00Z")): TestClock {
  let current = start;
  return {
    now: () => current,
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}

const running: KlaviyoSimulator[] = [];

/** Starts a simulator whose jobs are done at once, and whose windows start with the minute; `closeSimulators` ends it. */
export async function simulate(options: KlaviyoSimulatorOptions = {}): Promise<KlaviyoSimulator> {
  const simulator = await startKlaviyoSimulator({
    processingTime: { queued: 0, fixed: 0, perProfile: 0 },
    accounts: [{ ...DEFAULT_ACCOUNT, windowPhaseMilliseconds: 0 }],
    ...options,
  });
  running.push(simulator);
  return simulator;
}

export async function closeSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}

/** Raw HTTP with valid headers, which a test can override or leave out (undefined). */
export function rawClient(
  simulator: Pick<KlaviyoSimulator, "url" | "first">,
  headers: Readonly<Record<string, string | undefined>> = {},
): AxiosInstance {
  const all: Record<string, string | undefined> = {
    authorization: `Klaviyo-API-Key ${simulator.first.apiKey}`,
    revision: "2026-07-15",
    "content-type": "application/vnd.api+json",
    ...headers,
  };
  return axios.create({
    baseURL: simulator.url,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    validateStatus: () => true,
    transformRequest: (data: unknown) =>
      data === undefined || typeof data === "string" ? data : JSON.stringify(data),
  });
}

/** The body of a bulk import of profiles that consist of an email, or of given attributes. */
export function importBody(
  profiles: readonly (string | Readonly<Record<string, unknown>>)[],
  listId?: string,
) {
  return {
    data: {
      type: "profile-bulk-import-job",
      attributes: {
        profiles: {
          data: profiles.map((profile) => ({
            type: "profile",
            attributes: typeof profile === "string" ? { email: profile } : profile,
          })),
        },
      },
      ...(listId === undefined
        ? {}
        : { relationships: { lists: { data: [{ type: "list", id: listId }] } } }),
    },
  };
}

export const JOBS = "/api/profile-bulk-import-jobs";

export function emails(count: number, prefix = "member"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}@shop.example`);
}

/** Status and what an error answer says, without the texts that Klaviyo may change. */
export function problem(response: AxiosResponse) {
  return {
    status: response.status,
    errors: (response.data.errors as { code: string; source: { pointer?: string } }[]).map(
      ({ code, source }) => [code, source.pointer],
    ),
  };
}
