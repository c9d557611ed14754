/** What became of a request that was sent with a key of its own, so that a repetition has no second effect. */
export interface RequestLedger {
  /**
   * Begins a request. `seed` is an id that all tries of it share, and what it makes is named by; the claim
   * holds for `seconds`, after which whoever held it has broken off, and a repetition takes its place.
   */
  begin(
    request: string,
    contentHash: string,
    options: { readonly now: Date; readonly seconds: number; readonly newSeed: string },
  ): Promise<
    | { readonly kind: "begun"; readonly seed: string }
    | { readonly kind: "answered"; readonly answer: RecordedAnswer }
    | { readonly kind: "busy" }
    /** The key was used for something else. */
    | { readonly kind: "other" }
  >;
  /** Keeps the answer for the repetitions. */
  complete(request: string, seed: string, answer: RecordedAnswer): Promise<void>;
  /** Lets a repetition begin at once: with the same seed, or as if there had been no request. */
  release(request: string, seed: string, keep: "seed" | "nothing"): Promise<void>;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
