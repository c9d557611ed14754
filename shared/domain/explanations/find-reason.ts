import type { Export } from "../exports/export";
import { isUnsubscribed } from "../exports/subscription";
import type { AskedKlaviyo, ExplainedRun, Explanation, SearchedSegments } from "./explanation";
import { reason, reasonOfProblem, type Reason } from "./reason";

/** What is known of a person and an export. */
export interface KnownOfPerson extends Pick<
  Explanation,
  "segments" | "runs" | "snapshot" | "klaviyo"
> {
  readonly settings: Pick<Export, "listId" | "detached" | "subscription">;
  /** What was asked for is an email address. */
  readonly isAddress: boolean;
}

type Searched = Extract<SearchedSegments, { kind: "searched" }>;

/** The one reason why a person is, or is not, on the list: what comes first on the way there. */
export function findReason(known: KnownOfPerson): Reason {
  const { settings, klaviyo, segments } = known;
  if (settings.detached !== undefined) {
    return reason("noConnection", null);
  }
  if (klaviyo.kind === "notAsked") {
    return reasonOfProblem("accountUnreachable", null, klaviyo.problem);
  }
  if (klaviyo.onList) {
    return whyOnList(known, klaviyo);
  }
  if (segments.kind === "notSearched") {
    return whyNotSearched(segments.problem);
  }
  return (
    whyNoMember(known, segments) ??
    (segments.tooLarge ? reason("profileTooLarge", false) : whyNotSent(known))
  );
}

function whyOnList(
  { segments, settings }: KnownOfPerson,
  { profile }: Extract<AskedKlaviyo, { kind: "asked" }>,
): Reason {
  const used =
    segments.kind === "searched"
      ? segments.rows.find(({ verdict }) => verdict === "used")
      : undefined;
  if (segments.kind === "searched" && used === undefined) {
    return reason("onListLeft", true);
  }
  if (profile !== null && isUnsubscribed(profile)) {
    return reason("onListUnsubscribed", true);
  }
  if (profile !== null && profile.suppressions.length > 0) {
    return reason("onListSuppressed", true, { reasons: profile.suppressions.join(", ") });
  }
  if (segments.kind === "searched" && used !== undefined && segments.rowCount > 1) {
    const other = segments.rows.find(({ segment }) => segment !== used.segment);
    return other === undefined
      ? reason("onListByFirstRow", true, { rows: segments.rowCount })
      : reason("onListByOtherSegment", true, { segment: used.segment, other: other.segment });
  }
  return profile?.consent !== "SUBSCRIBED" && settings.subscription === undefined
    ? reason("onListNotSubscribed", true)
    : reason("onList", true);
}

function whyNotSearched(
  problem: Extract<SearchedSegments, { kind: "notSearched" }>["problem"],
): Reason {
  switch (problem.code) {
    case "segmentMissing":
      return reason("segmentMissing", false, { segment: problem.params["segment"] ?? "" });
    case "segmentUnfinished":
      return reasonOfProblem("segmentUnfinished", false, problem);
    default:
      return reasonOfProblem("segmentsNotSearched", false, problem);
  }
}

/** Why a person is no member of the segments; undefined if they are one. */
function whyNoMember({ runs, isAddress }: KnownOfPerson, segments: Searched): Reason | undefined {
  const { rows, blankRows } = segments;
  if (rows.some(({ verdict }) => verdict === "used")) {
    return undefined;
  }
  const invalid = rows.find(({ verdict }) => verdict === "invalid");
  if (invalid !== undefined) {
    return reason("emailInvalid", false, { row: invalid.row, file: invalid.file });
  }
  if (!isAddress) {
    return reason("addressInvalid", false);
  }
  if (runs.some(({ verdict }) => verdict.kind === "removed")) {
    return reason("leftAndRemoved", false);
  }
  return blankRows > 0
    ? reason("rowWithoutEmail", false, { rows: blankRows })
    : reason("notInSegments", false);
}

/** Why a member is not on the list. */
function whyNotSent({ runs, settings, snapshot }: KnownOfPerson): Reason {
  const [last] = runs;
  if (last === undefined) {
    return reason("neverRun", false);
  }
  if (last.status === "queued" || last.status === "running") {
    return reason("runUnderWay", false);
  }
  if (last.listId !== settings.listId) {
    return reason("listChanged", false);
  }
  const { verdict } = last;
  switch (verdict.kind) {
    case "refused":
      return reason("refusedByKlaviyo", false, { text: verdict.text });
    case "unchanged":
    case "new":
    case "changed":
      return reason("removedInKlaviyo", false);
    case "notRun":
    case "notConfirmed":
    case "underWay":
    case "heldBack":
      return whyNotRun(last);
    case "notMember":
    case "invalid":
    case "leftAlone":
    case "removed":
    case "removalUnconfirmed":
      return last.status === "skipped" ? whyNotRun(last) : reason("joinedSince", false);
    case "expired":
    case "notSearched":
      return reason(snapshot === "holds" ? "removedInKlaviyo" : "unknown", false);
  }
}

function whyNotRun({ status, problem }: ExplainedRun): Reason {
  switch (status) {
    case "skipped":
      switch (problem?.code) {
        case "overProfileLimit":
          return reason("overProfileLimit", false);
        case "removalGuard":
          return reason("guardStopped", false);
        default:
          return reasonOfProblem("runSkipped", false, problem);
      }
    case "canceled":
      return reasonOfProblem("runCanceled", false, problem);
    case "failed":
      return reasonOfProblem("runFailed", false, problem);
    case "queued":
    case "running":
      return reason("runUnderWay", false);
    case "successful":
    case "completedWithWarnings":
      return reason("notConfirmed", false);
  }
}
