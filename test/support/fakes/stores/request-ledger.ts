import type { RecordedAnswer, RequestLedger } from "../../../../shared/ports";

interface KnownRequest {
  readonly contentHash: string;
  readonly seed: string;
  claimedUntil: number;
  answer?: RecordedAnswer;
  readonly expiresAt: number;
}

export function fakeRequestLedger(): RequestLedger & { readonly known: Map<string, KnownRequest> } {
  const known = new Map<string, KnownRequest>();
  return {
    known,
    async begin(request, contentHash, { now, seconds, newSeed }) {
      const found = known.get(request);
      const claimedUntil = now.getTime() + seconds * 1_000;
      if (found === undefined || found.expiresAt <= now.getTime()) {
        const expiresAt = now.getTime() + 24 * 3_600_000;
        known.set(request, { contentHash, seed: newSeed, claimedUntil, expiresAt });
        return { kind: "begun", seed: newSeed };
      }
      if (found.contentHash !== contentHash) {
        return { kind: "other" };
      }
      if (found.answer !== undefined) {
        return { kind: "answered", answer: found.answer };
      }
      if (found.claimedUntil > now.getTime()) {
        return { kind: "busy" };
      }
      found.claimedUntil = claimedUntil;
      return { kind: "begun", seed: found.seed };
    },
    async complete(request, seed, answer) {
      const found = known.get(request);
      if (found?.seed === seed) {
        found.answer = answer;
      }
    },
    async release(request, seed, keep) {
      const found = known.get(request);
      if (found?.seed !== seed) {
        return;
      }
      if (keep === "nothing") {
        known.delete(request);
      } else {
        found.claimedUntil = 0;
      }
    },
  };
}
