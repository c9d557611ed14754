/** One entry of a JSON:API error answer, without the request's id, which the server adds. */
export interface ErrorObject {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source: { readonly pointer: string } | { readonly parameter: string };
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** Thrown anywhere while a request is served; the server turns it into the error answer. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly ErrorObject[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors[0]?.title ?? "Request refused.");
    this.name = "ApiFailure";
  }
}

const INVALID_INPUT = "Invalid input.";

/** An input error that points into the request's body (a JSON pointer). */
export function invalidAt(pointer: string, detail: string): ErrorObject {
  return { code: "invalid", title: INVALID_INPUT, detail, source: { pointer } };
}

/** 400 for the request's body, with one entry per problem. */
export function invalidBody(errors: readonly ErrorObject[]): ApiFailure {
  return new ApiFailure(400, errors);
}

/** 400 for a query parameter. */
export function invalidParameter(parameter: string, detail: string): ApiFailure {
  return new ApiFailure(400, [
    { code: "invalid", title: INVALID_INPUT, detail, source: { parameter } },
  ]);
}

/** 404 for a resource that the account does not have. */
export function notFound(resource: string, id: string): ApiFailure {
  return new ApiFailure(404, [
    {
      code: "not_found",
      title: "Not found.",
      detail: `A ${resource} with id \`${id}\` does not exist.`,
      source: { pointer: "/data/" },
    },
  ]);
}

/** An answer whose status alone says what is wrong (405, 410, 413, 415). */
export function plainFailure(status: number, code: string, title: string, detail: string) {
  return new ApiFailure(status, [{ code, title, detail, source: { pointer: "/data/" } }]);
}
