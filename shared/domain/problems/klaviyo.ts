/** What can be wrong with a Klaviyo account, its key and its lists. */
export const klaviyoProblems = {
  keyRefused: {
    culprit: "user",
    what: "Klaviyo does not accept the connection's API key.",
    remedy: "An administrator makes a new private key in Klaviyo and gives it to the connection.",
  },
  scopesMissing: {
    culprit: "user",
    what: "The API key lacks these scopes: {scopes}.",
    remedy:
      "An administrator makes a private key with these scopes in Klaviyo (scopes of a key can't be changed later) and gives it to the connection.",
  },
  secretUnreadable: {
    culprit: "system",
    what: "The connection's API key could not be read from Secrets Manager.",
    remedy:
      "An administrator gives the connection its key again, or the operators look after the secret.",
  },
  ownSecretUnreadable: {
    culprit: "user",
    what: "The secret of your own that holds the API key can't be read, or holds no Klaviyo API key.",
    remedy:
      "Check that it exists in this system's region, carries the tag klaviyo-segment-export with this system's stage as its value (klaviyo-segment-export=production, for instance), and holds the key, as text or as the property apiKey of a JSON object.",
  },
  secretScheduledForDeletion: {
    culprit: "user",
    what: "The secret that holds the connection's API key is scheduled for deletion in Secrets Manager.",
    remedy:
      "Restore the secret there, or, unless it is a secret of your own, give the connection its key again.",
  },
  ownSecretInUse: {
    culprit: "user",
    what: "The connection reads its API key from a secret of your own and can't go back to one that is kept here.",
    remedy: "Change the key in that secret, or make a new connection.",
  },
  accountMismatch: {
    culprit: "user",
    what: "The API key belongs to Klaviyo account {found}, the connection to {expected}.",
    remedy:
      "Use a key of the connection's account, or make a new connection for the other account.",
  },
  signInEnded: {
    culprit: "user",
    what: "Klaviyo does not take the connection's sign-in any more: it was ended in Klaviyo, or not used for 90 days.",
    remedy: "An administrator signs in to Klaviyo again for the connection, or gives it a key.",
  },
  signInScopesMissing: {
    culprit: "user",
    what: "The sign-in does not allow these scopes: {scopes}.",
    remedy:
      "The operators of this system give its app in Klaviyo these scopes, and an administrator signs in again.",
  },
  signInNotFinished: {
    culprit: "user",
    what: "Klaviyo does not take the code of this sign-in: it is too old, or was used already.",
    remedy: "Sign in to Klaviyo again.",
  },
  signInForeign: {
    culprit: "user",
    what: "The sign-in was not begun by you here, or more than {minutes} minutes ago.",
    remedy: "Begin to sign in again, and finish it in the same place.",
  },
  signInUnavailable: {
    culprit: "system",
    what: "This system has no app in Klaviyo that people could sign in through.",
    remedy: "Use an API key, or ask the operators to set up an app for this stage.",
  },
  signInAppRefused: {
    culprit: "system",
    what: "Klaviyo does not accept this system's app: its id or its secret is another by now.",
    remedy: "The operators put the app's present id and secret into the app's secret.",
  },
  listNotFound: {
    culprit: "user",
    what: "The Klaviyo account has no list with id {listId}.",
    remedy: "Choose a list that exists; its id is in the list's settings in Klaviyo.",
  },
  klaviyoUnavailable: {
    culprit: "external",
    what: "Klaviyo could not be reached or did not answer usefully: {reason}.",
    remedy: "Try again later; Klaviyo's status page says whether it has trouble.",
  },
  jobsUnfinished: {
    culprit: "external",
    what: "Klaviyo has taken all jobs and has not yet finished those of {profiles} profiles.",
    remedy: "Wait: Klaviyo may take some time; its status page says whether it has trouble.",
  },
  klaviyoForbids: {
    culprit: "user",
    what: "Klaviyo does not let this account or key do that, though the key has the scopes: {code}.",
    remedy:
      "See in Klaviyo whether the account or the key is restricted, or ask Klaviyo's support.",
  },
  klaviyoRefused: {
    culprit: "external",
    what: "Klaviyo refused the request: {reason}.",
    remedy: "See the reason; if it names no profile, tell the operators of this system.",
  },
  valuesIgnored: {
    culprit: "user",
    what: "Klaviyo took the profiles, but ignored values of {attribute} (field “{field}”) without saying whose.",
    remedy: "Check these values in the segment; whoever has a good one is not affected.",
  },
  jobCancelled: {
    culprit: "external",
    what: "Klaviyo cancelled the import job {attempts} times.",
    remedy: "Start the run again; if it happens again, ask Klaviyo's support.",
  },
} as const;
