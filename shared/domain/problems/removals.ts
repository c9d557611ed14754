/** What can hinder removals from a list. */
export const removalProblems = {
  removalGuard: {
    culprit: "user",
    what: "{leaving} profiles have left the segments, and {percent} % of the list's {listed} profiles would be removed, so nothing was sent and nobody removed.",
    remedy:
      "Check the segments; if they are right, start the export with allowMassRemoval set to true.",
  },
  leavingUnknown: {
    culprit: "system",
    what: "The snapshot of who is on the list was lost, so a run reads the list first, and takes everybody off it who is no member: at least {atLeast} of its {listed} profiles, perhaps more.",
    remedy:
      "Start the run if the list is to be what the segments are; people whom others put on the list leave too.",
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
