import { pluralIn } from "../../plural";
import { mapping } from "./mapping";

const plural = pluralIn("en");

/** Of setting up an export. */
export const wizard = {
  titles: { new: "New export", edit: "Edit export", duplicate: "Duplicate export" },
  /** @param role the caller's */
  mayNot: (role: string) =>
    `Only administrators and contributors set up exports; your role is ${role}.`,
  nothingStarts:
    "Saving starts nothing. The export runs when its schedule says so, or when somebody starts it.",
  steps: {
    connection: {
      title: "Connection",
      description: "The Klaviyo account that the export goes to.",
    },
    list: { title: "List", description: "The Klaviyo list that the members are put on." },
    segments: {
      title: "Segments",
      description: "Whose members are exported. Several segments go onto one list.",
    },
    mapping: {
      title: "Mapping",
      description:
        "Which field of the segments fills which field in Klaviyo. Nothing else is ever sent.",
    },
    delivery: {
      title: "Leavers and consent",
      description:
        "What becomes of people who leave the segments, and who is subscribed to emails.",
    },
    schedule: { title: "Schedule", description: "When the export runs by itself." },
    review: {
      title: "Name and save",
      description: "What will be saved, and profiles as they will be sent.",
    },
  },
  navigation: {
    label: "Steps",
    /** @param step from 1 */
    step: (step: number) => `Step ${step}`,
    collapsed: (step: number, steps: number) => `Step ${step} of ${steps}`,
    next: "Next",
    previous: "Previous",
    cancel: "Cancel",
    save: "Save export",
    optional: "optional",
    jump: (title: string) => `Go to ${title}`,
  },
  draft: {
    kept: "Your draft is back",
    keptText: "You had begun this before. Go on, or begin anew.",
    discard: "Begin anew",
  },
  leave: {
    title: "Leave without saving?",
    text: "What you have entered is not saved. This tab keeps it as a draft until it is closed.",
    leave: "Leave",
    stay: "Stay",
  },
  missing: {
    displayName: "Give the export a name.",
    connectionId: "Choose a connection.",
    listId: "Choose a list.",
    segments: "Choose a segment.",
    email: "Choose the field that holds the email address.",
    consentedAtField: "Choose the field that says when consent was given.",
    agree: "Subscribing needs your acknowledgement.",
    other: "Something is missing here.",
  },
  faultsOf: (count: number) =>
    plural(count, { one: "One answer needs a change", other: "# answers need a change" }),
  connection: {
    label: "Connection",
    none: "There is no connection that you may use",
    noneAdministrator: "Connect a Klaviyo account first.",
    noneOther: "An administrator connects an account, or shares a connection with contributors.",
    create: "Connect an account",
    account: "Klaviyo account",
    state: "State",
    states: { neverUsed: "Never used", working: "Works", attention: "Needs attention" },
    limit: "Profile limit",
    limitValue: (profiles: string) => `${profiles} profiles a run`,
    permissions: "You may",
    permission: {
      view: "view it",
      use: "use it",
      edit: "edit it",
      verify: "verify it",
      replaceKey: "replace its key",
      detach: "detach exports",
      delete: "delete it",
    },
  },
  list: {
    label: "List",
    placeholder: "Choose a list",
    search: "Find a list",
    empty: "The account has no list yet.",
    noneMatch: "No list of that name",
    more: "Loading lists",
    failed: "The lists could not be read",
    create: "Create a list",
    createTitle: "Create a list in Klaviyo",
    createText:
      "It is made in Klaviyo at once, and stays there whether or not you save the export.",
    name: "Name",
    nameMissing: "Give the list a name.",
    created: (name: string) => `“${name}” was made in Klaviyo.`,
    mirrored: "Another export mirrors this list",
    mirroredText: (names: string) =>
      `${names} takes off the list everybody who is not in its own segments. The API refuses a second export beside it.`,
    shared: (names: string) => `${names} also puts members on this list.`,
    sharedTitle: "Other exports use this list",
  },
  segments: {
    label: "Segments",
    filter: "Find segments",
    name: "Segment",
    source: "Source",
    refreshed: "Refreshed",
    size: "Size",
    members: "Members",
    chosen: (count: number) =>
      plural(count, { one: "# segment chosen", other: "# segments chosen" }),
    none: "No segments yet",
    noneHint: "A segment appears when files are put into its folder.",
    more: "The first hundred are shown. Search for others by their name.",
    reading: "Reading the segment",
    unknownMembers: "No field holds addresses",
    failed: "Could not be read",
    overLimit: "Over the connection's limit",
    overLimitText: (names: string, limit: string) =>
      `${names} has more members than the ${limit} that the connection takes. Runs would be skipped.`,
    remove: (name: string) => `Take out ${name}`,
    select: (name: string) => `Choose ${name}`,
    missing: "Not there any more",
  },
  mapping,
  delivery: {
    syncMode: "People who leave the segments",
    syncModes: { upsert: "Stay on the list", mirror: "Leave the list" },
    syncModeHints: {
      upsert: "The export adds and updates. It takes nobody off the list.",
      mirror: "The list is what the segments are. Nobody is taken out of the account.",
    },
    threshold: "Tell administrators when a run rejects more rows than",
    thresholdHint: "Empty: never.",
    subscription: "Email marketing",
    subscriptions: {
      none: "Subscribe nobody",
      new: "Subscribe members",
      historical: "Subscribe members, as a historical import",
    },
    subscriptionHints: {
      none: "Members are on the list. Whether they get emails stays as it is in Klaviyo.",
      new: "Klaviyo's double opt-in and flows apply, as the list is set there.",
      historical:
        "Consent was collected before: Klaviyo sends no confirmation. It needs the time of consent.",
    },
    consentedAt: "Field with the time of consent",
    customSource: "Source of the consent",
    customSourceHint: "Klaviyo shows it on the profile.",
    consentField: "Field that says who agreed to emails",
    consentFieldHint: "It is never sent. Who does not agree by it is not subscribed.",
    noConsentField: "none",
    meaning: "A yes there means",
    meanings: { agreed: "has agreed", refused: "has refused" },
    agree: "I acknowledge that",
    wordingLanguage: "The wording is kept as it is, in English.",
  },
  schedule: {
    label: "When it runs",
    modes: {
      system: "With the system refresh",
      onRefresh: "When all of its segments have been refreshed",
      own: "At times of its own",
      off: "On demand only",
    },
    systemOff:
      "The system refresh is off, so the export will not run by itself until an administrator switches it on.",
    systemOnRefresh:
      "The system refresh follows the segments: the export runs when all of its segments have been refreshed.",
    overdue: "Tell administrators when a segment has not been refreshed for so many hours",
    overdueHint: "Empty: never.",
    next: "Next five runs",
    nextNone: "It will not run by itself.",
    nextWaits: "It runs when its segments have been refreshed.",
    yours: "Your time",
    zones: (zone: string) => `In ${zone}`,
  },
  review: {
    name: "Name",
    preview: "Preview after saving",
    previewHint:
      "Counts what a run would do, and shows ten profiles as they would be sent. It sends nothing.",
    settings: "What is saved",
    change: (title: string) => `Edit ${title}`,
    mapped: (count: number) =>
      plural(count, { one: "# field besides the email", other: "# fields besides the email" }),
    sample: "First profiles as they will be sent",
    commandHint: "Without the console",
  },
  saved: (name: string) => `“${name}” is saved. Nothing was started.`,
  scheduleFailed: "The export is saved, but its schedule is not set",
  stale: {
    title: "Somebody else has changed this export",
    text: "Compare, then keep yours or take theirs.",
    setting: "Setting",
    yours: "Yours",
    theirs: "Theirs",
    keepYours: "Save mine",
    takeTheirs: "Take theirs",
    same: "Both have the same settings.",
  },
  notThere: "none",
};
