import type { Adapter, AdapterPayload } from "oidc-provider";

interface Kept {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Keeps sessions, grants and tokens of an issuer in memory, each kind apart, until they expire. */
export function keepGrants(): (kind: string) => Adapter {
  const kinds = new Map<string, Map<string, Kept>>();
  return (kind) => {
    const kept = kinds.get(kind) ?? new Map<string, Kept>();
    kinds.set(kind, kept);
    const valid = ({ until }: Kept): boolean => until > Date.now();
    const findBy = (fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...kept.values()].find((one) => valid(one) && fits(one.payload))?.payload;
    return {
      upsert: async (id, payload, expiresIn) => {
        for (const [other, one] of kept) if (!valid(one)) kept.delete(other);
        kept.set(id, {
          payload,
          until: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000,
        });
      },
      find: async (id) => {
        const found = kept.get(id);
        return found !== undefined && valid(found) ? found.payload : undefined;
      },
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
      consume: async (id) => {
        const found = kept.get(id);
        if (found !== undefined) found.payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        kept.delete(id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [id, { payload }] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
}
