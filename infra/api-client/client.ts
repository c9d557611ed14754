import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api-types";

/** A client of the REST API whose paths, bodies and answers are typed by the API's description. */
export type ApiClient = Client<paths>;

/** The answers' types by their names in the description. */
export type ApiSchemas = components["schemas"];

export interface ApiClientOptions {
  /** The API's address, without a slash at its end. */
  readonly url: string;
  /** Asked before every request, so that a token may be renewed. */
  readonly token: () => string | Promise<string>;
  /** Sends the requests, such as with repetitions. @default the global `fetch` */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Makes a client. Its calls answer `{data, error, response}`: `data` of what succeeded, `error` (a problem)
 * of what was refused; they throw only when there is no answer at all.
 */
export function createApiClient({ url, token, ...sending }: ApiClientOptions): ApiClient {
  const client = createClient<paths>({ baseUrl: url, ...sending });
  client.use({
    async onRequest({ request }) {
      request.headers.set("authorization", `Bearer ${await token()}`);
      return request;
    },
  });
  return client;
}
