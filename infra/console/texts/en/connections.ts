/** Of connections. */
export const connections = {
  title: "Connections",
  description: "Each leads to one account in Klaviyo.",
  create: "Create connection",
  /** @param role the caller's */
  mayNotCreate: (role: string) => `Only administrators add connections; your role is ${role}.`,
  none: "No connections yet",
  noneHint: "A connection is needed before anything can be exported. Administrators make them.",
  columns: {
    name: "Name",
    state: "State",
    account: "Account",
    sharing: "May be used by",
    lastUsedAt: "Last used by a run",
  },
  states: {
    working: "Works",
    neverUsed: "Works, not used yet",
    keyRefused: "Key refused",
    signInEnded: "Sign-in ended",
    scopesMissing: "Lacks permissions",
    secretUnreachable: "Key cannot be read",
    otherAccount: "Other account",
  },
  sharing: {
    administrators: "Administrators",
    administratorsAndContributors: "Administrators and contributors",
  },
  keySources: {
    typed: "API key",
    ownSecret: "A secret of your own",
    signIn: "Sign-in to Klaviyo",
  },
  overview: "Overview",
  checked: "Checked",
  profileLimit: "Most members of a run",
  retires: "Klaviyo retires its API revision",
  scopes: "Permissions",
  consent: "Consent",
  verify: "Check now",
  replaceKey: "Replace the key",
  wayIn: {
    label: "What lets it in",
    apiKey: "API key",
    apiKeyHint: "A private key of the account. It is kept in AWS Secrets Manager and never shown.",
    signIn: "Sign in to Klaviyo",
    signInHint: "Klaviyo asks you which account may be used, and for what.",
    key: "Private API key",
  },
  goToKlaviyo: "Go to Klaviyo",
  nameMissing: "Give the connection a name.",
  keyMissing: "Type the account's private key. It starts with pk_.",
  agreeMissing: "A connection needs your consent.",
  signInTitle: "Signing in to Klaviyo",
  finishing: "Finishing the sign-in",
  notFinishedTitle: "The sign-in was not finished",
  notBegunHere:
    "It was not begun in this tab, or it is done already. Begin it again at the connection.",
  backToExport: "Back to the export",
  refusedThere: "Klaviyo says that it was refused there. Begin it again at the connection.",
  /** @param name the connection's */
  created: (name: string) => `${name} is made and works.`,
  /** @param name the connection's */
  replaced: (name: string) => `${name} has its new key.`,
  /** @param name the connection's */
  signedIn: (name: string) => `${name} is signed in to Klaviyo.`,
};
