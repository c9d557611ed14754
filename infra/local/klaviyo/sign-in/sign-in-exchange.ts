import type { Simulation } from "../simulation";

/** What the authorization server answers: a page, a way elsewhere, or JSON. */
export interface SignInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request below `/oauth/`, read. */
export interface SignInRequest {
  readonly simulation: Simulation;
  readonly authorization: string | undefined;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}
