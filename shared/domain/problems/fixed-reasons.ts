/**
 * What the parameter `reason` of several problems says, where it is always the same: so that it can be told in other
 * languages. Reasons that name something are made where they are found.
 */
export const fixedReasons = {
  limitReached: "its rate limit was reached",
  limitUsedUp: "its rate limit is used up",
  signInLimitReached: "its limit of sign-ins was reached",
  noAnswer: "no answer",
  noConnection: "no connection",
  unexpectedAnswer: "an answer of unexpected form",
  answerTooLong: "an answer that is too long",
  answerWithoutBody: "the answer has no body",
  answerWithoutToken: "its answer holds no token",
  endlessPages: "pages without an end",
  wholeListRead: "the whole list has to be read, which takes a while",
  namedMissing: "what the request names does not exist",
  runGoing: "it has not ended",
  endedUnwritten: "it ended before one was written",
  modelCutOff: "its model.json is cut off, or is being written",
  organisationForbids: "a policy of the AWS organisation forbids the function to prove who it is",
  bucketForbids: "the bucket's policy, or that of its key, does not let the functions read",
  noFilesListed: "it lists no files",
} as const;
