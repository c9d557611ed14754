/** What can be wrong with where segments come from. */
export const sourceProblems = {
  sourceNotFound: {
    culprit: "user",
    what: "There is no source “{sourceId}”.",
    remedy: "List the sources, and name one of them by its id.",
  },
  sourceIdTaken: {
    culprit: "user",
    what: "There is a source with the id “{sourceId}” already.",
    remedy: "Choose another id for the new source.",
  },
  tooManySources: {
    culprit: "user",
    what: "There are {limit} sources already, and no more can be kept.",
    remedy: "Remove a source that no export uses.",
  },
  sourceChanged: {
    culprit: "user",
    what: "The source was changed by somebody else meanwhile.",
    remedy: "Read it again, and repeat the change with its new version.",
  },
  sourceInUse: {
    culprit: "user",
    what: "{count} exports use segments of the source: {named}.",
    remedy: "Choose other segments for these exports, or delete them, and repeat the request.",
  },
  sourceBuiltIn: {
    culprit: "user",
    what: "The segments bucket belongs to the system: it can't be changed or removed.",
    remedy: "Name a source that somebody has made.",
  },
  sourceNotEnabled: {
    culprit: "system",
    what: "This stage is not set up to read from {place}.",
    remedy: "Have an operator name it under sources in the stage's configuration, and deploy.",
  },
  sourceForbidden: {
    culprit: "user",
    what: "Access to {place} was refused: {reason}.",
    remedy:
      "Give the source a credential that may read and list there and has not expired, or let the stage's functions in; then verify the source.",
  },
  azureFederationDisabled: {
    culprit: "system",
    what: "The AWS account issues no tokens by which the functions could prove to Azure who they are.",
    remedy:
      "Have an operator enable outbound identity federation once for the account (aws iam enable-outbound-web-identity-federation); then verify the source.",
  },
  entraAppNotFound: {
    culprit: "user",
    what: "Microsoft Entra has no app {clientId} in tenant {tenantId}.",
    remedy: "Correct the tenant and the app of the source.",
  },
  entraAppNotFederated: {
    culprit: "user",
    what: "The app {clientId} of Microsoft Entra does not trust this function: it has no federated credential with issuer {issuer}, subject {subject} and audience {audience}.",
    remedy:
      "Add this federated credential to the app, and one for each other function that reads sources (the stack's output AzureSubjects); then verify the source.",
  },
  sourcePlaceMissing: {
    culprit: "user",
    what: "{place} does not exist.",
    remedy: "Correct the place of the source.",
  },
  sourceUnavailable: {
    culprit: "external",
    what: "{place} could not be reached: {reason}.",
    remedy: "Try again later; a run that is going tries by itself.",
  },
  modelMissing: {
    culprit: "user",
    what: "The folder of source “{source}” holds no model.json.",
    remedy:
      "Name the folder in which the export's model.json lies, and see that the export has run once.",
  },
  modelUnreadable: {
    culprit: "user",
    what: "What model.json of source “{source}” says can't be used: {reason}.",
    remedy:
      "Run the export again so that it is written anew, or choose another table; model.json must be of version 1.0 and name CSV files in the source's folder.",
  },
  appendOnlyTable: {
    culprit: "user",
    what: "Segment “{segment}” is written by Synapse Link in its append-only mode: it holds old versions of rows, and rows that were deleted.",
    remedy: "Link the table anew without append-only, so that snapshots of it are written.",
  },
  rowsUnlikeModel: {
    culprit: "user",
    what: "A row of file “{file}” of segment “{segment}” has {cells} values, and {columns} columns are named for it in model.json.",
    remedy: "Run the export again; if that does not help, choose another table.",
  },
  headerUnlikeModel: {
    culprit: "user",
    what: "The first line of file “{file}” of segment “{segment}” does not name the columns that model.json names.",
    remedy: "Run the export again; if that does not help, choose another table.",
  },
} as const;
