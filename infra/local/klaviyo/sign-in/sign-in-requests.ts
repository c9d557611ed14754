import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { AnswerFault } from "../faults/faults";
import type { Simulation } from "../simulation";
import type { SignInOperation } from "../http/operations";
import type { SignInAnswer, SignInRequest } from "./sign-in-exchange";
import { authorizationPage, decideAuthorization } from "./authorization-page";
import { giveTokens, revokeTokens } from "./token-endpoint";

interface Handler {
  readonly operation: SignInOperation;
  readonly answer: (request: SignInRequest) => SignInAnswer;
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  "GET /oauth/authorize": { operation: "oauth_authorize", answer: authorizationPage },
  "POST /oauth/authorize": { operation: "oauth_authorize", answer: decideAuthorization },
  "POST /oauth/token": { operation: "oauth_token", answer: giveTokens },
  "POST /oauth/revoke": { operation: "oauth_revoke", answer: revokeTokens },
};

/** Forms are small; what is larger is no form of anybody's. */
const LARGEST_FORM = 100_000;

/** Answers a request below `/oauth/` as Klaviyo's authorization server does (its guide to OAuth; RFC 6749). */
export async function answerSignInRequest(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const { faults, statistics } = simulation;
  const handler = HANDLERS[`${request.method ?? "GET"} ${url.pathname}`];
  if (handler === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { operation, answer } = handler;
  const send = ({ status, headers, body }: SignInAnswer): void => {
    statistics.answered(operation, status);
    response.writeHead(status, headers).end(body);
  };
  const strike = (fault: AnswerFault): void => {
    if (fault.kind === "reset") {
      statistics.answered(operation, "reset");
      request.socket.resetAndDestroy();
    } else {
      send({ status: fault.kind === "firewall" ? 403 : fault.status });
    }
  };
  const body = request.method === "POST" ? await text(request) : "";
  const early = faults.atGate(operation);
  if (early !== undefined) {
    strike(early);
    return;
  }
  const given = answer({
    simulation,
    authorization: request.headers.authorization,
    query: url.searchParams,
    form: new URLSearchParams(isForm(request) && body.length <= LARGEST_FORM ? body : ""),
  });
  const late = faults.afterEffect(operation);
  if (late === undefined) send(given);
  else strike(late);
}

function isForm({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}
