/** Of sources of segments. */
export const sources = {
  title: "Sources",
  description: "Where segments come from.",
  create: "Add source",
  /** @param role the caller's */
  mayNotCreate: (role: string) => `Only administrators add sources; your role is ${role}.`,
  none: "No sources yet",
  noneHint: "The segments bucket is always there; export folders of Customer Insights are added.",
  columns: {
    name: "Name",
    id: "Segments begin with",
    state: "State",
    segments: "Segments",
    refreshedAt: "Refreshed",
    place: "Place",
  },
  states: {
    working: "Works",
    forbidden: "Not let in",
    missing: "Not there",
    unreadable: "Cannot be read",
    unavailable: "Cannot be reached",
  },
  placeLabel: "Where model.json lies",
  places: {
    azure: "In Azure's storage",
    s3: "In a bucket of S3",
    s3Hint: "To which it is copied. The bucket's policy has to let the functions read and list.",
  },
  placeFields: {
    account: "Storage account",
    container: "Container",
    bucket: "Bucket",
    folder: "Folder with model.json (may be empty)",
  },
  placeFaults: {
    account: "A storage account's name has 3 to 24 lower-case letters and digits.",
    container: "A container's name has 3 to 63 lower-case letters, digits and single dashes.",
    bucket: "That is not the name of a bucket.",
    folder: "A folder's path has no empty step, no . and no ..",
  },
  credential: {
    label: "What lets in",
    kinds: {
      none: "The functions' own roles",
      federated: "An app of Microsoft Entra",
      sasToken: "SAS token",
      accountKey: "Account key",
    },
    hints: {
      federated: "It trusts the functions' roles, so that no secret is kept.",
      sasToken: "Of the container, for reading and listing. It is kept in AWS Secrets Manager.",
      accountKey: "It lets in everywhere in the account. It is kept in AWS Secrets Manager.",
    },
    tenantId: "Directory (tenant) id",
    clientId: "Application (client) id",
    expiresAt: "Ends",
    notGuid: "It looks like 72f988bf-86f1-41af-91ab-2d7cd011db47.",
    notUsable: {
      sasToken: "Type a SAS token that lets read and list. It holds sp=rl and sig=.",
      accountKey: "Type the account's key, as the portal shows it.",
    },
  },
  nameMissing: "Give the source a name.",
  overview: "Overview",
  checked: "Checked",
  verify: "Check now",
  replaceCredential: "Replace what lets in",
  segment: "Segment",
  fields: "Fields",
  table: "Table",
  reason: "Why",
  refused: "Cannot be exported",
  noTables: "No table was found.",
  deleteText:
    "Its segments are gone then, and its token or key is deleted. What lies in the folder stays. It is refused while exports use its segments.",
  /** @param name the source's */
  deleteTitle: (name: string) => `Remove ${name}?`,
  /** @param name the source's */
  deleted: (name: string) => `${name} is removed.`,
  /** @param name the source's @param segments how many were found in it */
  created: (name: string, segments: number) =>
    segments === 1
      ? `${name} is added, with 1 segment.`
      : `${name} is added, with ${segments} segments.`,
  /** @param name the source's */
  replaced: (name: string) => `${name} lets in anew, and was read.`,
};
