/** One entry of an answer with which Klaviyo refuses a request. */
export interface KlaviyoFault {
  /** Klaviyo's own, such as `invalid`. */
  readonly code: string;
  readonly detail: string;
  /** JSON pointer into the request's body, if Klaviyo gave one. */
  readonly pointer: string | null;
}
