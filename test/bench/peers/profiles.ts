/** The profiles that every way of sending is given: by position, and one of them is no email address. */
export interface PeerProfiles {
  readonly count: number;
  emailAt(position: number): string;
  /** Whether this is the bad one. */
  isBad(position: number): boolean;
}

/** Somewhere in the middle, and at no end of a job of 10,000. */
const BAD_SHARE = 0.37;

export function peerProfiles(count: number): PeerProfiles {
  const bad = Math.floor(count * BAD_SHARE);
  const isBad = (position: number): boolean => position === bad;
  return {
    count,
    isBad,
    // Klaviyo refuses it; a check for an @ with something on both sides does not.
    emailAt: (position) =>
      isBad(position)
        ? "customer@@segment.example.com"
        : `customer.${position}@segment.example.com`,
  };
}
