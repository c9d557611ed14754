import { createServer, type ServerResponse } from "node:http";
import type { Api, NewKey } from "../api/api";
import type { CommandContext } from "../command-context";
import { Failure } from "../failure";

/**
 * Signs a person in to Klaviyo: shows them the page to open, and waits on their own machine until Klaviyo sends their
 * browser back. Throws `Failure` when they decline, when nobody comes in time, and when the address is in use.
 */
export async function signInToKlaviyo(
  { terminal }: Pick<CommandContext, "terminal">,
  api: Api,
): Promise<NewKey> {
  const start = await api.beginSignIn({ body: { returnTo: "terminal" } });
  const returned = comeBack(start.redirectUri, start.state, new Date(start.expiresAt));
  await returned.listening;
  // The address stays in one piece: it is to be opened or copied.
  terminal.note(
    `Open this page in a browser and let this system in:\n\n${start.authorizationUrl}\n`,
  );
  terminal.note("Waiting for Klaviyo to send you back… (Ctrl-C gives up)");
  const code = await returned.code;
  return { signIn: { returnTo: "terminal", state: start.state, code } };
}

interface Returned {
  readonly listening: Promise<undefined>;
  readonly code: Promise<string>;
}

/** Listens where Klaviyo sends the browser, on this machine only, for the one answer that is to this sign-in. */
function comeBack(redirectUri: string, state: string, expiresAt: Date): Returned {
  const address = new URL(redirectUri);
  const listening = Promise.withResolvers<undefined>();
  const code = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "/", address);
    if (asked.pathname !== address.pathname || asked.searchParams.get("state") !== state) {
      show(response, 404, "This is not the page that Klaviyo sends you to.");
      return;
    }
    const given = asked.searchParams.get("code");
    if (given === null) {
      show(response, 200, "You did not let the system in. You can close this window.");
      code.reject(declined(asked.searchParams.get("error")));
    } else {
      show(response, 200, "Klaviyo has let the system in. Go back to your terminal.");
      code.resolve(given);
    }
  });
  const tooLate = setTimeout(
    () => {
      code.reject(
        new Failure({
          code: "signInNotFinished",
          message:
            "Nobody signed in to Klaviyo in time; nothing was changed. Run the command again.",
          exit: "invalid",
        }),
      );
    },
    Math.max(0, expiresAt.getTime() - Date.now()),
  );
  server.once("error", () => {
    const failure = new Failure({
      code: "signInAddressInUse",
      message: `Klaviyo would send you back to ${address.origin}, where another program listens. End that program, and run the command again.`,
      exit: "conflict",
    });
    listening.reject(failure);
    code.reject(failure);
  });
  server.listen(Number(address.port), address.hostname, () => {
    listening.resolve(undefined);
  });
  const end = (): void => {
    clearTimeout(tooLate);
    server.close();
    server.closeIdleConnections();
  };
  code.promise.then(end, end);
  return { listening: listening.promise, code: code.promise };
}

/** OAuth's `error` is one of a few words; what is none of them is not repeated. */
function declined(error: string | null): Failure {
  return error === "access_denied"
    ? new Failure({
        code: "signInDeclined",
        message: "You did not let the system in; nothing was changed.",
        exit: "invalid",
      })
    : new Failure({
        code: "signInAppRefused",
        message:
          "Klaviyo did not take the request of this system's app; nothing was changed. The operators look after the app's scopes and addresses.",
        exit: "invalid",
      });
}

function show(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'",
    Connection: "close",
  });
  response.end(
    `<!DOCTYPE html><html lang="en"><head><title>Klaviyo segment export</title></head><body><p>${sentence}</p></body></html>`,
  );
}
