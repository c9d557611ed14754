import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { AxiosError } from "axios";

/**
 * A transport of axios that opens a request's connection at once, and sends nothing of it before its turn: so that
 * neither resolving a name nor a handshake comes between the turn and the arrival.
 *
 * @param turn asked when the connection is open; false if the request is not to be sent
 */
export function sentInTurn(turn: () => Promise<boolean>) {
  return {
    request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
      const request = (options.protocol === "https:" ? https : http).request(options, onAnswer);
      const send: (body?: Buffer) => void = request.end.bind(request);
      const parts: Buffer[] = [];
      const sendInTurn = async (): Promise<void> => {
        await connected(request, options.protocol === "https:" ? "secureConnect" : "connect");
        if (request.destroyed) {
          return;
        }
        if (await turn()) {
          // Without a body there is none, not one of no length.
          send(parts.length === 0 ? undefined : Buffer.concat(parts));
        } else {
          request.destroy(new AxiosError("The call has lost its turn.", "ETURN"));
        }
      };
      return Object.assign(request, {
        write(part: Buffer | string) {
          parts.push(Buffer.from(part));
          return true;
        },
        end() {
          sendInTurn().catch((error: unknown) => {
            request.destroy(error instanceof Error ? error : new Error("no turn"));
          });
          return request;
        },
      });
    },
  };
}

/** When the request's connection is open, be it a new one or one that was kept, or there is none. */
function connected(request: ClientRequest, opened: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve) => {
    request.once("close", resolve);
    request.once("socket", (socket) => {
      if (socket.connecting) {
        socket.once(opened, () => resolve());
      } else {
        resolve();
      }
    });
  });
}
