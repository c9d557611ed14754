import type { Run } from "../../shared/domain/runs/run";
import type { HistoryStep } from "./history";
import { withContent, type Content } from "./segment-life";

/** What Klaviyo has, as the simulator shows it. */
export interface Observed {
  /** Each list's members, sorted. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The profiles that histories speak of, of both accounts: account and address to the profile's text. */
  readonly profiles: ReadonlyMap<string, string>;
}

export interface HistoryRun {
  readonly run: Run;
  readonly step: HistoryStep;
  readonly accountId: string;
  readonly listId: string;
  /** The segment's valid members, and with what. */
  readonly members: ReadonlyMap<string, Content>;
  readonly isLast: boolean;
  readonly before: Observed;
  readonly after: Observed;
  /** Profiles in the import jobs that Klaviyo accepted meanwhile. */
  readonly sent: number;
}

export const profileKey = (accountId: string, address: string): string => `${accountId} ${address}`;

/** What has befallen the export up to now, as far as the oracle needs it. */
export interface Situation {
  /** Whom others put on a list, or the export itself before it left that list: nobody's leavers. */
  readonly strangers: Map<string, ReadonlySet<string>>;
  /**
   * Who may or may not count as put there by the export: strangers whom a run had to do with, and those whom the
   * export put there before its snapshot was lost.
   */
  readonly doubtful: Map<string, ReadonlySet<string>>;
  /** The list of the newest run that may have sent something: of others the export knows nothing. */
  knownList: string | undefined;
  /** Whom that newest run confirmed, with the content as text; not always certain. */
  confirmed: Confirmed | "unknown";
}

interface Confirmed {
  readonly listId: string | undefined;
  readonly mapping: number;
  readonly contents: ReadonlyMap<string, string>;
}

const nothingConfirmed: Confirmed = { listId: undefined, mapping: 0, contents: new Map() };

export const newSituation = (): Situation => ({
  ...{ strangers: new Map(), doubtful: new Map() },
  ...{ knownList: undefined, confirmed: nothingConfirmed },
});

/** Takes note that the snapshot of the newest run was lost, with these on the lists. */
export function noteLoss(situation: Situation, lists: Observed["lists"]): void {
  const { knownList, strangers, doubtful } = situation;
  if (knownList !== undefined) {
    const others = strangers.get(knownList) ?? new Set();
    const onList = lists.get(knownList) ?? [];
    doubtful.set(knownList, new Set(onList.filter((address) => !others.has(address))));
  }
  situation.confirmed = nothingConfirmed;
}

/** Takes note of where the next run is to go. */
export function noteDestination(
  { strangers, doubtful, knownList }: Situation,
  listId: string,
  lists: Observed["lists"],
): void {
  if (knownList !== listId) {
    // A new beginning: whoever is on the list stays there.
    strangers.set(listId, new Set(lists.get(listId)));
    doubtful.delete(listId);
  }
}

const wentWell = ({ status }: Run): boolean =>
  status === "successful" || status === "completedWithWarnings";

/** Who has to be sent: the new, the changed, and all if what was confirmed was so elsewhere or otherwise. */
function expectedToSend(
  { confirmed }: Situation,
  { step, listId, members }: HistoryRun,
): readonly string[] | undefined {
  if (step.mode === "full") {
    return [...members.keys()];
  }
  if (confirmed === "unknown") {
    return undefined;
  }
  const isElsewhere = confirmed.listId !== listId || confirmed.mapping !== step.mapping;
  return [...members]
    .filter(
      ([address, content]) =>
        isElsewhere || confirmed.contents.get(address) !== JSON.stringify(content),
    )
    .map(([address]) => address);
}

/** Judges a run by what was put in and what came out; knows nothing of the system's ways. */
export function judgeHistoryRun(situation: Situation, judged: HistoryRun): string[] {
  const { run, step, listId, members, isLast } = judged;
  const { numbers, removals } = run;
  const wrong: string[] = [];
  const must = (holds: boolean, sentence: string): void => {
    if (!holds) {
      wrong.push(`${sentence} (${run.status}, ${run.problem?.code ?? "no problem"})`);
    }
  };
  const before = judged.before.lists.get(listId) ?? [];
  const after = judged.after.lists.get(listId) ?? [];
  const wasOnList = new Set(before);
  const onList = new Set(after);
  const strangers = situation.strangers.get(listId) ?? new Set();
  const doubtful = situation.doubtful.get(listId) ?? new Set();
  const isUnwanted = (address: string): boolean =>
    step.refused.has(address) || step.failed.has(address);
  // Who is refused does not come onto the list, and does not lose it either.
  const wanted = [...members.keys()].filter(
    (address) => !isUnwanted(address) || wasOnList.has(address),
  );

  must(onList.size === after.length, "somebody is on the list twice");
  must(
    run.plan === undefined || numbers.members === members.size,
    `there are ${String(numbers.members)} members instead of ${String(members.size)}`,
  );
  must(
    numbers.members === numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent ||
      run.plan === undefined,
    `the members do not add up: ${JSON.stringify(numbers)}`,
  );
  must(
    removals.leaving === removals.removed + removals.notFound + removals.unremoved,
    `the leavers do not add up: ${JSON.stringify(removals)}`,
  );
  must(
    after.every((address) => wasOnList.has(address) || !isUnwanted(address)),
    "somebody whom Klaviyo refuses came onto the list",
  );
  must(
    step.reconcile || [...strangers].every((address) => onList.has(address)),
    "somebody whom the export did not put on the list was taken off it",
  );
  if (run.status === "skipped") {
    must(before.join() === after.join(), "a run that was not attempted changed the list");
    must(removals.removed === 0, "a run that was not attempted removed somebody");
  }
  if (step.syncMode === "upsert") {
    must(removals.leaving === 0, "an upsert removes");
    must(
      before.every((address) => onList.has(address)),
      "an upsert took somebody off the list",
    );
  }
  if (wentWell(run)) {
    must(
      wanted.every((address) => onList.has(address)),
      "a member is missing from the list",
    );
    must(
      step.syncMode === "upsert" ||
        after.every(
          (address) =>
            members.has(address) ||
            (!step.reconcile && (strangers.has(address) || doubtful.has(address))),
        ),
      "somebody who left is on the list after a mirror run",
    );
    must(numbers.unsent + removals.unremoved === 0, "it went well, though something is undone");
  }
  if (isLast) {
    const emptied = members.size === 0 && removals.leaving === 0;
    must(
      emptied ? run.status === "skipped" || run.status === "failed" : wentWell(run),
      "the last run, which nothing disturbed, did not go well",
    );
    const staying = [...strangers, ...doubtful].filter((address) => onList.has(address));
    const due = [...new Set([...wanted, ...staying])].toSorted();
    must(
      after.join() === due.join(),
      `the list is not the segment: ${String(after.length)} instead of ${String(due.length)}`,
    );
  }
  wrong.push(...judgeElsewhere(judged), ...judgeProfiles(judged));
  wrong.push(...judgeSent(situation, judged));
  return wrong;
}

/** No run reaches another list than its own. */
function judgeElsewhere({ before, after, listId }: HistoryRun): string[] {
  return [...before.lists].flatMap(([list, was]) =>
    list === listId || after.lists.get(list)?.join() === was.join()
      ? []
      : ["a run changed a list that is not its own"],
  );
}

/** After a run that went well, members' profiles are what their rows make of them; all others as before. */
function judgeProfiles({ run, step, accountId, members, before, after }: HistoryRun): string[] {
  const wrong: string[] = [];
  for (const [key, was] of before.profiles) {
    const now = after.profiles.get(key);
    const [account, address = ""] = key.split(" ");
    const content = account === accountId ? members.get(address) : undefined;
    const isRefused = step.refused.has(address) || step.failed.has(address);
    if (content === undefined || isRefused || run.status === "skipped") {
      if (now !== was) {
        wrong.push(`a profile that was not to be sent is ${now ?? "gone"} instead of ${was}`);
      }
      continue;
    }
    const due = withContent(was, content);
    if (now !== due && (wentWell(run) || now !== was)) {
      wrong.push(`a profile is ${now ?? "gone"} instead of ${due}, after ${was} (${run.status})`);
    }
  }
  return wrong;
}

/** Only the new and changed are sent, each once unless something disturbs the run. */
function judgeSent(situation: Situation, judged: HistoryRun): string[] {
  const { run, step, members, sent } = judged;
  const expected = expectedToSend(situation, judged);
  if (run.plan === undefined || expected === undefined) {
    return [];
  }
  const wrong: string[] = [];
  const unchanged = members.size - expected.length;
  if (run.numbers.unchanged !== unchanged) {
    wrong.push(
      `${String(run.numbers.unchanged)} count as unchanged instead of ${String(unchanged)}`,
    );
  }
  const accepted = expected.filter((address) => !step.refused.has(address)).length;
  if (isUndisturbed(step) && wentWell(run) && sent !== accepted) {
    wrong.push(`${String(sent)} profiles were sent instead of ${String(accepted)}`);
  }
  return wrong;
}

function isUndisturbed(step: HistoryStep): boolean {
  const { crashRate, cancelAfter, revokeKeyAfter, faults, awsTrouble } = step;
  const { refusalRate, lostAnswerRate, outage } = awsTrouble;
  return (
    crashRate + faults.length + refusalRate + lostAnswerRate === 0 &&
    outage === undefined &&
    cancelAfter === undefined &&
    revokeKeyAfter === undefined
  );
}

/** Takes note of what a run has done. */
export function afterRun(situation: Situation, judged: HistoryRun): void {
  const { run, step, listId, members, after } = judged;
  if (run.plan === undefined || run.plan.end !== undefined) {
    return;
  }
  const well = wentWell(run);
  const toSend = expectedToSend(situation, judged);
  situation.knownList = listId;
  // Members are the export's from now on, but for those who were refused and never taken.
  const onList = after.lists.get(listId) ?? [];
  const strangers = situation.strangers.get(listId) ?? new Set();
  const doubtful = situation.doubtful.get(listId) ?? new Set();
  const isRefused = (address: string): boolean => step.refused.has(address);
  const isDoubtful = (address: string): boolean =>
    step.failed.has(address) || ((!well || step.reconcile) && isRefused(address));
  situation.strangers.set(
    listId,
    new Set(
      onList.filter(
        (address) =>
          strangers.has(address) &&
          (!members.has(address) || (isRefused(address) && !isDoubtful(address))),
      ),
    ),
  );
  situation.doubtful.set(
    listId,
    new Set(
      onList.filter(
        (address) =>
          (doubtful.has(address) && (!members.has(address) || isRefused(address))) ||
          ((strangers.has(address) || doubtful.has(address)) &&
            members.has(address) &&
            isDoubtful(address)),
      ),
    ),
  );
  // Who fails while a job is imported may not be told apart from others of the job; and who is refused keeps
  // what was confirmed before only if there was nothing to send.
  const certain =
    well &&
    ![...members.keys()].some((address) => step.failed.has(address)) &&
    (toSend !== undefined || ![...members.keys()].some(isRefused));
  situation.confirmed = certain
    ? {
        listId,
        mapping: step.mapping,
        contents: new Map(
          [...members]
            .filter(([address]) => !isRefused(address) || toSend?.includes(address) === false)
            .map(([address, content]) => [address, JSON.stringify(content)]),
        ),
      }
    : "unknown";
}
