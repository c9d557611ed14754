import { textOfValue } from "../profiles/value-depth";
import { readBoolean } from "./booleans";
import { isNullWord } from "./null-words";
import { unwrapped } from "./wrapping";

/** What a member says of being mailed: whoever does not plainly agree is never subscribed. */
export type Consent = "refused" | "unclear" | "agreed";

/** What a yes in the column means: that the member agreed (`Accepts Email Marketing`), or refused (`Email Opt Out`). */
export type ConsentMeaning = "agreed" | "refused";

/** What programs write there beside yes and no, in lower-case letters alone. */
const agreed: ReadonlySet<string> = new Set([
  ...["subscribed", "optedin", "optin", "granted", "given", "accepted", "agreed", "allowed"],
  ...["allow", "consented", "consentgiven", "confirmed", "confirmedoptin", "singleoptin"],
  ...["doubleoptin", "doubleoptedin", "explicit", "express"],
  ...["abonniert", "angemeldet", "zugestimmt", "eingewilligt", "suscrito", "abonné", "inscrit"],
  ...["iscritto", "aangemeld", "ingeschreven", "prenumererar", "zapisany", "naročen", "prijavljen"],
]);
const refused: ReadonlySet<string> = new Set([
  ...["unsubscribed", "notsubscribed", "neversubscribed", "nonsubscribed", "optedout", "optout"],
  ...["notoptedin", "denied", "declined", "rejected", "refused", "withdrawn", "revoked"],
  ...["disallowed", "donotallow", "notallowed", "noconsent", "notconsented", "nothanks"],
  ...["cleaned", "suppressed", "bounced", "hardbounce", "complained", "blocked", "redacted"],
  ...["invalid", "never"],
  ...["abgemeldet", "nichtabonniert", "widersprochen", "désabonné", "désinscrit", "nonabonné"],
  ...["nosuscrito", "noniscritto", "disiscritto", "afgemeld", "uitgeschreven", "avregistrerad"],
  ...["wypisany", "odjavljen"],
]);

/** Reads a cell that says whether a member wants to be mailed. */
export function readConsent(value: unknown, meaning: ConsentMeaning): Consent {
  if (value === null || value === undefined) {
    return "unclear";
  }
  const text = unwrapped(textOfValue(value));
  if (text === "" || isNullWord(text)) {
    return "unclear";
  }
  const word = text
    .toLowerCase()
    .normalize()
    .replace(/[^\p{L}]/gu, "");
  // These say it themselves, whatever the column is called.
  if (refused.has(word)) {
    return "refused";
  }
  const said = readBoolean(text);
  if (said === undefined) {
    return agreed.has(word) && meaning === "agreed" ? "agreed" : "unclear";
  }
  return said === (meaning === "agreed") ? "agreed" : "refused";
}

/** Names such as `Email Opt Out`, `unsubscribed` or `donotbulkemail`: a yes there says no. */
export function saysRefused(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return /optedout|optout|unsubscri|donot|dontmail|dontemail|suppress|abgemeldet|abbestellt|widerspr|desinscri|disiscri|noemail|nomail|blacklist|blocklist|blocked/.test(
    plain,
  );
}
