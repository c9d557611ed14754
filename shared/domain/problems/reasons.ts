import { filledIn } from "../text/filled-in";

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
  azureTokenForeign: "the storage account takes no tokens of this tenant, or the token has expired",
  azureKeyUnreadable: "the token or key can't be read",
  azureKeyWrong: "the token or key is wrong, or has expired",
  azureRoleMissing:
    "the app has no role that lets it read and list there, such as Storage Blob Data Reader, or the account's network rules keep it out",
  azureRightMissing:
    "the token may not read and list there, or the account's network rules keep it out",
  azureAddressForeign: "the token is for other addresses than those of the functions",
  azureTokenForOthers: "the token is not for containers and blobs",
  azureTokenNotHttps: "the token is not for https",
} as const;

/** The same of what names something: `{name}` is replaced by the parameter of that name. */
export const namedReasons = {
  longerThan: "it is longer than {bytes} bytes",
  markerMissing: "its marker “{marker}” is not there",
  markerAlone: "its marker “{marker}” is there, and no file with rows",
  markerOlder: "its marker “{marker}” is older than some of its files",
  stillWriting: "“{writing}” is of a job that is still writing, or broke off",
  listedMissing: "“{marker}” lists {listed}, which is not there",
  listedUnclear: "{listed} is not plainly one of the segment's files",
  status: "it answers {status}",
  entraCode: "it says AADSTS{code}",
} as const;
export type NamedReason = keyof typeof namedReasons;

/** The parameters by which a problem tells a reason that names something. */
export function namedReason(
  code: NamedReason,
  params: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string | number>> {
  return { ...params, reason: filledIn(namedReasons[code], params), reasonCode: code };
}
