import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api-types";

/**
 * A client of the REST API whose paths, bodies and answers are typed by the API's description. What a request
 * may leave out may also be `undefined`: neither JSON nor a query has a place for that, so it is not sent.
 */
export type ApiClient = Client<LoosePaths>;

/** The same type, with `undefined` allowed for whatever may be left out. */
export type Loose<Type> = Type extends readonly (infer Item)[]
  ? Loose<Item>[]
  : Type extends object
    ? {
        [Name in keyof Type]: Type extends Required<Pick<Type, Name>>
          ? Loose<Type[Name]>
          : Loose<Type[Name]> | undefined;
      }
    : Type;

/** The paths with their requests loose; the answers stay as they are. */
type LoosePaths = {
  [Path in keyof paths]: {
    [Part in keyof paths[Path]]: LooseOperation<paths[Path][Part]>;
  };
};
type LooseOperation<Operation> = Operation extends { parameters: infer Parameters }
  ? {
      [Part in keyof Operation]: Part extends "parameters"
        ? Loose<Parameters>
        : Part extends "requestBody"
          ? Loose<Operation[Part]>
          : Operation[Part];
    }
  : Operation;

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
  const client = createClient<LoosePaths>({ baseUrl: url, ...sending });
  client.use({
    async onRequest({ request }) {
      request.headers.set("authorization", `Bearer ${await token()}`);
      return request;
    },
  });
  return client;
}
