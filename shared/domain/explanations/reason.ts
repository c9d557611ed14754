import * as z from "zod";
import { problemSchema, type Problem } from "../problems/problem";
import { filledIn } from "../text/filled-in";

/**
 * Every reason why somebody is, or is not, on an export's list, as one sentence. `{name}` is replaced by the parameter
 * of that name; parameters hold no address.
 */
const sentences = {
  onList: "They are on the list.",
  onListByFirstRow:
    "They are on the list; of {rows} rows with the address the first is used, and the others count as duplicates.",
  onListByOtherSegment:
    "They are on the list by segment “{segment}”, which comes first; their row in “{other}” counts as a duplicate.",
  onListNotSubscribed:
    "They are on the list and not subscribed to emails: the export asks nobody for consent, and Klaviyo knows of none.",
  onListUnsubscribed:
    "They are on the list and get no emails, because they have unsubscribed in Klaviyo.",
  onListSuppressed:
    "They are on the list and get no emails, because Klaviyo suppresses them: {reasons}.",
  onListLeft:
    "They are on the list though no row of the segments has the address: the export removes nobody, or has not run since, or somebody else put them there.",
  noConnection: "The export is on no connection, so that it does not run.",
  accountUnreachable: "Klaviyo can't be asked about them, nor can a run send them: {problem}",
  segmentMissing: "Segment “{segment}” is not there, so that no run can read it.",
  segmentUnfinished: "A segment is not whole, so that runs wait for it: {problem}",
  segmentsNotSearched: "The segments could not be searched: {problem}",
  addressInvalid: "What was asked for is no email address, and no row of the segments holds it.",
  emailInvalid:
    "Their row holds an address that is malformed or too long, so that it is not sent: row {row} of “{file}”.",
  rowWithoutEmail:
    "No row of the segments has the address, but {rows} have none at all, of which one may be theirs.",
  notInSegments: "No row of the segments has the address.",
  leftAndRemoved: "They left the segments, and a run took them off the list.",
  profileTooLarge: "Their profile is larger than 100 KB, the most that Klaviyo takes.",
  neverRun: "The export has never run.",
  runUnderWay: "A run is going on and has not come to them yet.",
  listChanged: "The export sends to another list since its last run, and has not run since.",
  overProfileLimit: "The last run was skipped, because its members were over the profile limit.",
  guardStopped: "The last run was skipped by the removal guard, so that it sent nobody either.",
  runSkipped: "The last run was skipped: {problem}",
  runFailed: "The last run failed: {problem}",
  runCanceled: "The last run was canceled before it had come to them: {problem}",
  joinedSince:
    "They are in the segments only since the last run has read them; the next one sends them.",
  refusedByKlaviyo: "Klaviyo refused their profile in the last run: {text}",
  notConfirmed: "The last run sent them, or tried to, and Klaviyo never confirmed it.",
  removedInKlaviyo:
    "The export put them on the list, and somebody took them off it in Klaviyo; an unchanged profile is not sent again unless a run is full.",
  unknown: "It can't be told from what is kept; the next full run sends them.",
} as const;

export type ReasonCode = keyof typeof sentences;

const reasonCodes = Object.keys(sentences).filter(isReasonCode);

function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(sentences, text);
}

/** Why a person is, or is not, on the list: a stable code, and one sentence. */
export const reasonSchema = z.object({
  code: z.enum(reasonCodes),
  onList: z.boolean().nullable().describe("Null when Klaviyo could not be asked"),
  sentence: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  problem: problemSchema
    .optional()
    .describe("The problem that the sentence tells, where its parameter `problem` is one"),
});
export type Reason = z.infer<typeof reasonSchema>;

/** The reason of a code, its sentence filled with the parameters. */
export function reason(
  code: ReasonCode,
  onList: boolean | null,
  params: Reason["params"] = {},
): Reason {
  return { code, onList, sentence: filledIn(sentences[code], params), params };
}

/** The reason of a code whose sentence tells a problem; undefined stands for one that is not known. */
export function reasonOfProblem(
  code: ReasonCode,
  onList: boolean | null,
  problem: Problem | undefined,
): Reason {
  const told = reason(code, onList, { problem: problem?.message ?? "" });
  return problem === undefined ? told : { ...told, problem };
}
