/**
 * Email addresses by profile number, and back, outside of JavaScript's heap: all addresses stand
 * behind one another in byte pages, and a hash table of profile numbers finds them. Ten million
 * strings in a Map would cost more than a gigabyte, and every garbage collection would visit
 * them, on the same cores as the system that is being measured.
 */
export interface EmailIndex {
  /** Number of the profile that has this email. */
  find(email: string): number | undefined;
  /** Gives a profile an email; an earlier one of the same profile is forgotten. */
  set(profile: number, email: string): void;
  emailOf(profile: number): string | undefined;
}

const PAGE_BITS = 22;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
/** One byte holds an address's length; Klaviyo allows 100 characters. */
const LONGEST = 255;
const EMPTY = 0;
const REMOVED = -1;
/** The hash table is made of parts that grow one by one, so that no growth takes long. */
const PART_BITS = 6;

interface Part {
  slots: Int32Array;
  used: number;
}

export function createEmailIndex(): EmailIndex {
  const pages: Buffer[] = [];
  // Position 0 means "no email", so the first page starts at 1.
  let end = 1;
  let positions = new Uint32Array(1024);
  let hashes = new Uint32Array(1024);
  const parts = Array.from({ length: 1 << PART_BITS }, (): Part => ({
    slots: new Int32Array(64),
    used: 0,
  }));
  const partOf = (hash: number): Part => {
    const part = parts[hash >>> (32 - PART_BITS)];
    if (part === undefined) throw new RangeError("A hash has 32 bits.");
    return part;
  };

  const hashOf = (email: string): number => {
    let hash = 0x811c9dc5;
    for (let index = 0; index < email.length; index += 1) {
      hash = Math.imul(hash ^ email.charCodeAt(index), 0x01000193);
    }
    // FNV's low bits alone cluster for addresses that count upwards.
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) >>> 0;
  };

  const isAt = (position: number, email: string): boolean => {
    const page = pages[position >>> PAGE_BITS];
    if (page === undefined) return false;
    const start = position & PAGE_MASK;
    if (page[start] !== email.length) return false;
    for (let index = 0; index < email.length; index += 1) {
      if (page[start + 1 + index] !== email.charCodeAt(index)) return false;
    }
    return true;
  };

  const slotOf = ({ slots }: Part, email: string, hash: number): number => {
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const content = slots[slot] ?? EMPTY;
      if (content === EMPTY) return -1;
      if (content === REMOVED) continue;
      const profile = content - 1;
      if (hashes[profile] === hash && isAt(positions[profile] ?? 0, email)) return slot;
    }
  };

  const place = (part: Part, profile: number, hash: number): void => {
    const mask = part.slots.length - 1;
    let slot = hash & mask;
    while ((part.slots[slot] ?? EMPTY) > 0) slot = (slot + 1) & mask;
    if (part.slots[slot] === EMPTY) part.used += 1;
    part.slots[slot] = profile + 1;
  };

  const makeRoom = (part: Part): void => {
    if (part.used * 2 < part.slots.length) return;
    const before = part.slots;
    part.slots = new Int32Array(before.length * 2);
    part.used = 0;
    for (const content of before) {
      if (content > 0) place(part, content - 1, hashes[content - 1] ?? 0);
    }
  };

  const write = (email: string): number => {
    if (email.length > LONGEST) throw new RangeError("An email has at most 255 characters.");
    if ((end & PAGE_MASK) + email.length + 1 > PAGE_SIZE)
      end = ((end >>> PAGE_BITS) + 1) * PAGE_SIZE;
    const pageNumber = end >>> PAGE_BITS;
    const page = (pages[pageNumber] ??= Buffer.allocUnsafeSlow(PAGE_SIZE));
    const position = end;
    let at = position & PAGE_MASK;
    page[at] = email.length;
    for (let index = 0; index < email.length; index += 1) {
      at += 1;
      page[at] = email.charCodeAt(index);
    }
    end += email.length + 1;
    return position;
  };

  const read = (position: number): string | undefined => {
    const page = pages[position >>> PAGE_BITS];
    if (position === 0 || page === undefined) return undefined;
    const start = position & PAGE_MASK;
    return page.toString("latin1", start + 1, start + 1 + (page[start] ?? 0));
  };

  return {
    find(email) {
      const hash = hashOf(email);
      const part = partOf(hash);
      const slot = slotOf(part, email, hash);
      return slot < 0 ? undefined : (part.slots[slot] ?? 0) - 1;
    },
    set(profile, email) {
      if (profile >= positions.length) {
        positions = grown(positions, profile);
        hashes = grown(hashes, profile);
      }
      const former = read(positions[profile] ?? 0);
      if (former === email) return;
      if (former !== undefined) {
        const formerHash = hashes[profile] ?? 0;
        const formerPart = partOf(formerHash);
        const slot = slotOf(formerPart, former, formerHash);
        if (slot >= 0) formerPart.slots[slot] = REMOVED;
      }
      const hash = hashOf(email);
      positions[profile] = write(email);
      hashes[profile] = hash;
      const part = partOf(hash);
      makeRoom(part);
      place(part, profile, hash);
    },
    emailOf: (profile) => read(positions[profile] ?? 0),
  };
}

/** A copy of an array of numbers with room for at least one more than `highest`. */
export function grown(
  numbers: Uint32Array<ArrayBuffer>,
  highest: number,
): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(numbers.length * 2, highest + 1));
  larger.set(numbers);
  return larger;
}
