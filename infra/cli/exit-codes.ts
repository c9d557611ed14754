/** How the command can end; scripts go by the number, so a number never changes its meaning. */
export const exitCodes = {
  ok: { code: 0, meaning: "done; for a watched run, it did its work" },
  unexpected: { code: 1, meaning: "something went wrong that has no code of its own" },
  usage: { code: 2, meaning: "the command line is wrong: an unknown or missing option" },
  notSignedIn: { code: 3, meaning: "not signed in, or your role does not allow it" },
  notFound: { code: 4, meaning: "what was named does not exist" },
  conflict: {
    code: 5,
    meaning: "the present state does not allow it: in use, running, or changed meanwhile",
  },
  invalid: { code: 6, meaning: "a value was refused, by the API or in a file" },
  unreachable: { code: 7, meaning: "the API could not be reached, or is in trouble" },
  runFailed: { code: 10, meaning: "the watched run ended `failed`, or would, as a preview found" },
  runSkipped: {
    code: 11,
    meaning: "the watched run ended `skipped`, or would, as a preview found",
  },
  runCanceled: { code: 12, meaning: "the watched run ended `canceled`" },
  rejections: {
    code: 13,
    meaning: "the watched run ended `completedWithWarnings`, and --fail-on-rejections was given",
  },
  interrupted: { code: 130, meaning: "interrupted with Ctrl-C" },
} satisfies Record<string, { code: number; meaning: string }>;

export type ExitReason = keyof typeof exitCodes;
