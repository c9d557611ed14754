/** What can hinder removals from a list. */
export const removalProblems = {
  removalGuard: {
    culprit: "user",
    what: "{leaving} profiles have left the segments, and {percent} % of the list's {listed} profiles would be removed, so nothing was sent and nobody removed.",
    remedy:
      "Check the segments; if they are right, start the export with allowMassRemoval set to true.",
  },
  leaversUnknown: {
    culprit: "system",
    what: "The snapshot of whom this export put on the list was lost, so those who have left the segments since and are not known any more stay on the list; nobody is taken off it whom the export is not known to have put there.",
    remedy:
      "If the list is to be exactly what the segments are, an administrator previews and starts the export with reconcile set to true, which takes everybody off the list who is no member.",
  },
  leavingUnknown: {
    culprit: "user",
    what: "The list is too long for a preview to read all of it: at least {atLeast} of its {listed} profiles are no members and would be taken off it, perhaps more.",
    remedy:
      "Start the run if the list is to be what the segments are; the removal guard looks at the true number.",
  },
  reconcileUpsert: {
    culprit: "user",
    what: "Export “{displayName}” is in sync mode upsert, which takes nobody off its list, so there is nothing to reconcile.",
    remedy: "Set the export to sync mode mirror first, or start it without reconcile.",
  },
  listMirrored: {
    culprit: "user",
    what: "The Klaviyo list {listId} is used by export “{displayName}” ({exportId}) too, and an export in sync mode mirror must be the only one of its list.",
    remedy:
      "Choose another list, or set both exports to sync mode upsert; a run that is going keeps the mode that it began with.",
  },
  profilesUnremoved: {
    culprit: "system",
    what: "{unremoved} of {leaving} profiles that left the segments could not be taken off the list.",
    remedy: "Start the run again: who was not removed is tried again.",
  },
} as const;
