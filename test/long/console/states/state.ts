import type { Page, Route } from "playwright-core";
import type { Texts } from "../../../../infra/console/texts/texts";

/** Who looks. */
export const people = ["Administrator", "Contributor", "Viewer"] as const;
type Person = (typeof people)[number];

/** What there is in the system while the console is looked at. */
export interface Seeded {
  readonly apiUrl: string;
  readonly connectionId: string;
  /** Has run, with rows that were rejected. */
  readonly exportId: string;
  readonly runId: string;
  readonly otherRunId: string;
  /** Has never run. */
  readonly newExportId: string;
  /** A mirror, of whose members most have left; its last run was held back. */
  readonly mirrorId: string;
  readonly heldBackRunId: string;
  /** Is going, and stays so. */
  readonly goingExportId: string;
  readonly goingRunId: string;
  readonly previewId: string;
  /** An export folder with a segment, and a table that can't be exported. */
  readonly sourceId: string;
}

/** What the browser gets in place of the API's answer: `never` none at all, `unreachable` no connection. */
export type Answer = "never" | "unreachable" | { readonly status: number; readonly body: unknown };

interface PreparedAnswer {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The path and search of the request. */
  readonly to: RegExp;
  readonly answer: Answer;
}

/** What is said somewhere. What is the same in all languages stands for itself. */
export type Words = string | RegExp | ((texts: Texts) => string | RegExp);

export type Reach = (page: Page, texts: Texts, seeded: Seeded) => Promise<void>;

/** A state of a screen, which somebody may find themselves in. */
export interface ConsoleState {
  readonly name: string;
  readonly at: (seeded: Seeded) => string;
  readonly answers?: readonly PreparedAnswer[];
  /** What somebody does there. */
  readonly reach?: Reach;
  /** What the page says then, in the language of who looks, which tells that it is there. */
  readonly shows: Words;
  /** Who can get there. @default everybody */
  readonly by?: readonly Person[];
}

export const managers = ["Administrator", "Contributor"] as const;
export const administrators = ["Administrator"] as const;

/** A problem as the API tells it. */
export function problem(status: number, code: string, detail: string, more: object = {}): Answer {
  const body = {
    ...{ type: `https://example.com/errors#${code}`, title: code, status, code, detail },
    ...{ requestId: "3f1c2c9e-0000-4000-8000-000000000000", culprit: "user" },
    ...more,
  };
  return { status, body };
}

/** What the API answers when it has a fault of its own. */
export const broken = problem(500, "internalError", "Something failed that should not.");

/** What the API answers to a change of what was changed meanwhile. */
export const stale = problem(412, "versionStale", "It was changed meanwhile.");

export const get = (to: RegExp, answer: Answer): PreparedAnswer => ({ method: "GET", to, answer });

/** Has the browser get these answers; all other requests go to the API. */
export async function prepare(
  page: Page,
  { apiUrl }: Seeded,
  answers: readonly PreparedAnswer[],
): Promise<void> {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  if (answers.length === 0) return;
  await page.route(`${apiUrl}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const method = route.request().method();
    const prepared = answers.find(
      (each) => each.method === method && each.to.test(`${pathname}${search}`),
    );
    await (prepared === undefined ? route.continue() : give(route, prepared.answer));
  });
}

async function give(route: Route, answer: Answer): Promise<void> {
  if (answer === "never") return;
  if (answer === "unreachable") return route.abort("connectionrefused");
  return route.fulfill({
    status: answer.status,
    contentType: "application/json",
    headers: { "access-control-allow-origin": "*" },
    body: JSON.stringify(answer.body),
  });
}
