/**
 * Characters that are not seen and change what is: control characters (a terminal obeys them), line and paragraph
 * separators, and format characters, among them those that turn the direction of writing round.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Scripts in which a joiner or a non-joiner makes another word. */
const JOINING = [
  ...["Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati"],
  ...["Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar"],
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** Where writing needs a format character: in emoji that are joined, in flags of regions, and in such scripts. */
const NEEDED = new RegExp(
  [
    "\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\u{FE0F}]*(?:\\u{200D}\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\u{FE0F}]*)+",
    "\\u{1F3F4}[\\u{E0061}-\\u{E007A}\\u{E0030}-\\u{E0039}]{1,7}\\u{E007F}",
    `(?<=[${JOINING}]\\p{M}*)[\\u{200C}\\u{200D}](?=[${JOINING}])`,
  ].join("|"),
  "gu",
);

/** Whether a text holds a character that is not seen, where writing has no need of it. */
export function hidesCharacters(text: string): boolean {
  return text.replace(NEEDED, "").search(HIDDEN) >= 0;
}

/** A text without the characters that are not seen, but for those that writing needs. */
export function withoutHidden(text: string): string {
  return betweenNeeded(text, (part) => part.replace(HIDDEN, ""));
}

/**
 * A text from outside as it can be shown anywhere: what is hidden in it stands there as `\u202e`, so that it is seen
 * and does nothing.
 */
export function showPlainly(text: string): string {
  return betweenNeeded(text, escaped);
}

/** The text with what stands between needed characters changed. */
function betweenNeeded(text: string, changed: (part: string) => string): string {
  if (text.search(HIDDEN) < 0) {
    return text;
  }
  let whole = "";
  let from = 0;
  for (const needed of text.matchAll(NEEDED)) {
    whole += changed(text.slice(from, needed.index)) + needed[0];
    from = needed.index + needed[0].length;
  }
  return whole + changed(text.slice(from));
}

/** The same of a text of several lines: its line breaks and tabs stay. */
export function showLinesPlainly(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 0 ? showPlainly(part) : part))
    .join("");
}

function escaped(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
