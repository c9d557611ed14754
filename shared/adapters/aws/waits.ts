/**
 * How long the system waits for AWS, in milliseconds, decided here for all clients. Without these the SDK
 * waits without end for whatever it has connected to.
 *
 * A call that is never answered ends within {@link ATTEMPTS} answers, 15 seconds and the pauses between,
 * well within the 29 seconds that the API has; whoever works on a message puts it off then.
 */
export const waits = {
  /** Until the service has taken the connection. AWS does within milliseconds, or drops the request. */
  connection: 2_000,
  /** Until the answer begins. The services answer within a fraction of a second, as a rule. */
  answer: 5_000,
  /** Between two pieces of an answer's body, while somebody waits for the next one. */
  silence: 5_000,
  /** In which a reader of a body takes nothing, as when DuckDB works on what it has. */
  slowReader: 20_000,
  /** Until S3 has copied an object, which it answers when it is done; one may have several hundred MB. */
  copy: 120_000,
} as const;

/** The slowest that an upload may be; S3 takes some ten times as much from a function. */
const UPLOAD_BYTES_A_SECOND = 5_000_000;

/** An upload is answered when the last byte has arrived. */
export function uploadWait(bytes: number): number {
  return waits.answer + Math.ceil((bytes / UPLOAD_BYTES_A_SECOND) * 1_000);
}

/** Times that a request is sent until it is given up: the SDK's default, made visible. */
export const ATTEMPTS = 3;

/** What each client is made with. In the handler's words a request's time ends where its answer begins. */
export const patience = {
  maxAttempts: ATTEMPTS,
  requestHandler: {
    connectionTimeout: waits.connection,
    requestTimeout: waits.answer,
    // Without it the handler only warns.
    throwOnRequestTimeout: true,
    // An answer may begin and not end: nothing else notices that.
    socketTimeout: waits.silence,
  },
} as const;

/**
 * The same for S3, whose connections are idle also while the reader of a body is slow. Who reads a body
 * counts silence only while it waits for more; here is what is left, listings that stop in the middle.
 */
export const patienceWithReaders = {
  ...patience,
  requestHandler: { ...patience.requestHandler, socketTimeout: waits.slowReader },
} as const;
