/**
 * Randomness without a state: a number is drawn from the seed and from what it is drawn for.
 * Requests arrive in another order each time; so a generator with a state would deal other numbers
 * to the same request, and a failure could not be repeated from its seed.
 */

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 32-bit FNV-1a hash of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Spreads every bit of a 32-bit number over all bits (the finalizer of MurmurHash3). */
function spread(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** An unsigned 32-bit number that depends on nothing but its arguments. */
export function draw(seed: number, ...keys: readonly number[]): number {
  let value = spread(seed ^ 0x9e3779b9);
  for (const key of keys) value = spread((value ^ key) + 0x9e3779b9);
  return value;
}

/** A number from 0 (inclusive) to 1 (exclusive) that depends on nothing but its arguments. */
export function uniform(seed: number, ...keys: readonly number[]): number {
  return draw(seed, ...keys) / 0x1_0000_0000;
}

/** Text of letters and digits, as Klaviyo's ids and keys consist of. */
export function alphanumeric(length: number, seed: number, ...keys: readonly number[]): string {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text += ALPHANUMERIC.charAt(draw(seed, ...keys, index) % ALPHANUMERIC.length);
  }
  return text;
}
