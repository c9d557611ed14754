let command = "klaviyo-export";

/** Remembers how the command was started, so that what it tells people to type is found where they are. */
export function startedAs(how: string): void {
  command = how;
}

/**
 * A command that can be pasted into the shell as it stands: `npx klaviyo-export runs start "Winter sale"`. Capitals,
 * such as `URL`, stand for what only the reader knows.
 */
export function hint(...words: readonly string[]): string {
  return [command, ...words.map(shellWord)].join(" ");
}

/** A word as POSIX shells take it for that word and no more. */
export function shellWord(word: string): string {
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word)) {
    return word;
  }
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/**
 * By which words the command was started: `npx klaviyo-export` in a clone, the name alone where the shell finds it.
 *
 * @param script the file that Node was started with
 */
export function howStarted(
  env: Readonly<Record<string, string | undefined>>,
  script: string | undefined,
): string {
  const told = env["KLAVIYO_EXPORT_COMMAND"];
  if (told !== undefined && told !== "") {
    return told;
  }
  const byNpx = env["npm_command"] === "exec" || env["npm_lifecycle_event"] === "npx";
  const byName = script !== undefined && /(?:^|[\\/])klaviyo-export$/.test(script);
  return byName && !byNpx ? "klaviyo-export" : "npx klaviyo-export";
}
