/** What looking for a segment of a source may meet: the source's place can't be read, or holds none. */
export const openingSources = [
  "sourceNotEnabled",
  "sourceForbidden",
  "azureFederationDisabled",
  "entraAppNotFound",
  "entraAppNotFederated",
  "sourcePlaceMissing",
  "sourceUnavailable",
  "modelMissing",
  "modelUnreadable",
] as const;

/** The same where nothing else is read from Secrets Manager. */
export const openingSourcesAlone = [
  ...openingSources,
  "secretUnreadable",
  "secretScheduledForDeletion",
] as const;
