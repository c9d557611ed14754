import { draw } from "../faults/seeded-random";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 2020-01-01, so that ids look as Klaviyo's do (they begin with 01). */
const FIRST_TIME = 1_577_836_800_000;
const TIME_LENGTH = 10;
const ID_LENGTH = 26;

/**
 * Profile ids look like ULIDs, but are computed from the profile's number whenever one is shown,
 * so that ten million profiles need no stored ids. They are sorted as the numbers are, and differ
 * from account to account.
 */
export interface ProfileIds {
  format(profile: number): string;
  /** The number behind an id, or undefined for text that is no id of this account. */
  parse(id: string): number | undefined;
}

export function createProfileIds(seed: number): ProfileIds {
  const format = (profile: number): string => {
    let time = FIRST_TIME + profile;
    let text = "";
    for (let index = 0; index < TIME_LENGTH; index += 1) {
      text = CROCKFORD.charAt(time % 32) + text;
      time = Math.floor(time / 32);
    }
    for (let word = 0; text.length < ID_LENGTH; word += 1) {
      let bits = draw(seed, profile, word);
      for (let index = 0; index < 4; index += 1) {
        text += CROCKFORD.charAt(bits & 31);
        bits >>>= 5;
      }
    }
    return text;
  };
  const parse = (id: string): number | undefined => {
    if (id.length !== ID_LENGTH) return undefined;
    let time = 0;
    for (const character of id.slice(0, TIME_LENGTH)) {
      time = time * 32 + CROCKFORD.indexOf(character);
    }
    const profile = time - FIRST_TIME;
    return profile >= 0 && format(profile) === id ? profile : undefined;
  };
  return { format, parse };
}
