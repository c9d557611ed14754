import { noSubscriptions } from "../../shared/domain/exports/subscription";
import { problem } from "../../shared/domain/problems/problem";
import {
  attributesOf,
  type Leads,
  type Requirement,
} from "../../shared/domain/runs/lifecycle/change";
import { OPEN } from "../../shared/domain/runs/lifecycle/run-record";
import { runStates, type RunStateKind } from "../../shared/domain/runs/lifecycle/run-state";
import {
  runTransitions,
  type RunChange,
  type RunTransitionName,
} from "../../shared/domain/runs/lifecycle/run-transitions";
import { noNumbers, noRemovals } from "../../shared/domain/runs/run";

const at = new Date(0);
const when = at.toISOString();
const numbers = noNumbers;
const removals = noRemovals;
const because = problem("internalError");
const progress = { batches: 1, done: 0, leaseUntil: 0, numbers: noSubscriptions };

/** One of each change; what it is given does not tell in what is said of it. */
export const exampleChanges: Readonly<Record<RunTransitionName, RunChange>> = {
  beginPreparing: runTransitions.beginPreparing.change({ at }),
  plan: runTransitions.plan.change({
    plan: {
      ...{ attemptId: "", chunkSizes: [], checksum: "", removalSizes: [], leaving: 0 },
      ...{ warnings: [], fingerprint: "", destination: "" },
    },
    ...{ numbers, at },
  }),
  markStaged: runTransitions.markStaged.change({ chunks: 1 }),
  countChunks: runTransitions.countChunks.change({
    ...{ chunks: [{ chunk: 1, outcome: { imported: 1, refused: 0, unsent: 0 } }], at },
  }),
  noteSent: runTransitions.noteSent.change({
    ...{ profiles: 1, marks: [{ at: when, sent: 0, confirmed: 0 }], at },
  }),
  beginRemoving: runTransitions.beginRemoving.change({ at }),
  keepResult: runTransitions.keepResult.change({
    result: {
      ...{ numbers, removals, leftOut: { refused: [], ignored: [] } },
      ...{ reportKey: "", snapshotKey: "" },
    },
    at,
  }),
  beginSubscribing: runTransitions.beginSubscribing.change({ progress, at }),
  claimSubscribing: runTransitions.claimSubscribing.change({ now: at, leaseUntil: at }),
  keepSubscribing: runTransitions.keepSubscribing.change({ heldUntil: 0, progress, at }),
  endUnplanned: runTransitions.endUnplanned.change({
    ...{ kind: "unplanned", status: "failed", at, problem: because },
  }),
  conclude: runTransitions.conclude.change({
    ...{ kind: "concluded", status: "failed", at, numbers, removals, problem: because },
    ...{ report: "", rejectionCounts: [], droppedReport: "", warnings: [] },
  }),
  endUnsettled: runTransitions.endUnsettled.change({
    ...{ kind: "unsettled", status: "failed", at, numbers, removals, problem: because },
  }),
  claimAnnouncement: runTransitions.claimAnnouncement.change({ now: at, leaseUntil: at }),
  markAnnounced: runTransitions.markAnnounced.change(undefined),
  stop: runTransitions.stop.change({ problem: because }),
  advanceConfirmRound: runTransitions.advanceConfirmRound.change({ round: 1 }),
  noteTrouble: runTransitions.noteTrouble.change({ trouble: { since: when, at: when, what: "" } }),
  noteWaiting: runTransitions.noteWaiting.change({
    waiting: { for: "klaviyo", problem: because, since: when, until: when, at: when },
  }),
  notePutOff: runTransitions.notePutOff.change({
    waiting: { for: "klaviyo", problem: because, since: when, until: when, at: when },
  }),
  endWaiting: runTransitions.endWaiting.change(undefined),
  touch: runTransitions.touch.change({ at }),
};

/** The states of a run, what leads from one to another, and what each of these needs and sets: as Markdown. */
export function describeRunStates(): string {
  const transitions = entriesOf(runTransitions);
  const moves = transitions.flatMap(([name, { leads }]) =>
    movesOf(leads).flatMap(([from, to]) =>
      to.map((state) => ({ edge: `${from} --> ${state}`, name })),
    ),
  );
  const edges = [...Map.groupBy(moves, ({ edge }) => edge)];
  return [
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> queued: create",
    "  [*] --> ended: create, as skipped",
    ...edges.map(([edge, by]) => `  ${edge}: ${by.map(({ name }) => name).join(", ")}`),
    "  announced --> [*]",
    "```",
    "",
    "| State | A run in it |",
    "| --- | --- |",
    ...entriesOf(runStates).map(([state, says]) => `| \`${state}\` | ${says} |`),
    "",
    "| Transition | What happens | Leads | What must hold | Sets |",
    "| --- | --- | --- | --- | --- |",
    ...transitions.map(([name, { says, leads }]) => {
      const { requires, effects } = exampleChanges[name];
      const must = requires.map((requirement) => textOf(requirement)).join(", ");
      const sets = setsText(attributesOf(effects));
      return `| \`${name}\` | ${says} | ${leadsText(leads)} | ${must} | ${sets} |`;
    }),
  ].join("\n");
}

/** From each state, the other states that something leads to. */
function movesOf(
  leads: Leads<RunStateKind>,
): readonly (readonly [RunStateKind, readonly RunStateKind[]])[] {
  return entriesOf<RunStateKind, readonly RunStateKind[] | undefined>(leads).map(
    ([from, to = []]) => [from, to.filter((state) => state !== from)],
  );
}

function leadsText(leads: Leads<RunStateKind>): string {
  const moves = movesOf(leads).filter(([, to]) => to.length > 0);
  const byTarget = Map.groupBy(moves, ([, to]) => quoted(to));
  const order = entriesOf(runStates).map(([state]) => state);
  const same = order.filter((state) => leads[state]?.includes(state) === true);
  const [first] = same;
  const last = same.at(-1);
  const isSpan =
    first !== undefined &&
    last !== undefined &&
    same.length > 3 &&
    order.indexOf(last) - order.indexOf(first) === same.length - 1;
  return [
    ...[...byTarget].map(([to, from]) => `${quoted(from.map(([state]) => state))} → ${to}`),
    ...(isSpan ? [`within \`${first}\` to \`${last}\``] : []),
    ...(!isSpan && same.length > 0 ? [`within ${quoted(same)}`] : []),
  ].join("; ");
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** The attributes by name, but for numbers that are set together. */
function setsText(attributes: readonly string[]): string {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ["all numbers", [...Object.keys(noNumbers), ...Object.keys(noRemovals)]],
    ["the members' numbers", Object.keys(noNumbers)],
  ];
  const together = groups.find(([, names]) => names.every((name) => attributes.includes(name)));
  if (together === undefined) {
    return quoted(attributes);
  }
  const [label, names] = together;
  return `${quoted(attributes.filter((attribute) => !names.includes(attribute)))}, ${label}`;
}

function textOf<Item>(requirement: Requirement<Item>): string {
  switch (requirement.is) {
    case "absent":
      return `no \`${requirement.attribute}\``;
    case "present":
      return `\`${requirement.attribute}\``;
    case "equal":
      if (requirement.attribute === "open" && requirement.to === OPEN) {
        return "not ended";
      }
      return typeof requirement.to === "string"
        ? `\`${requirement.attribute}\` is \`${requirement.to}\``
        : `\`${requirement.attribute}\` is the given one`;
    case "below":
      return `\`${requirement.attribute}\` below the given one`;
    case "atMost":
      return `\`${requirement.attribute}\` over`;
    case "without":
      return `not in \`${requirement.attribute}\``;
    case "either":
      return requirement.of.map((one) => textOf(one)).join(" or ");
  }
}

function entriesOf<Name extends string, Value>(
  record: Readonly<Partial<Record<Name, Value>>>,
): readonly (readonly [Name, Value])[] {
  const entries: (readonly [Name, Value])[] = [];
  for (const name in record) {
    const value = record[name];
    if (value !== undefined) {
      entries.push([name, value]);
    }
  }
  return entries;
}
