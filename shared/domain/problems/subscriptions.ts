/** What can hinder subscribing members. */
export const subscriptionProblems = {
  consentTimeMissing: {
    culprit: "user",
    what: "{members} members have no usable time of consent in field “{field}” and were not subscribed.",
    remedy:
      "Put the time at which each of them consented there, as ISO 8601, in the past and not before 1990, then start the run again.",
  },
  consentUnclear: {
    culprit: "user",
    what: "Of {members} members field “{field}” does not say whether they agree to be mailed, and they were not subscribed.",
    remedy: "Put a yes or a no for each of them there, then start the run again.",
  },
  subscriptionsFailed: {
    culprit: "external",
    what: "{failed} of {requested} members could not be subscribed; they were imported all the same.",
    remedy: "See the other warnings for the reason; the next run tries them again.",
  },
  subscriptionsUnsettled: {
    culprit: "system",
    what: "The members were imported, but who of them is to be subscribed could not be found out or kept.",
    remedy:
      "Nothing needs to be done: the next run tries again, and asks Klaviyo about each of them first.",
  },
  subscriptionsUncertain: {
    culprit: "external",
    what: "Klaviyo did not answer when it was asked to subscribe {uncertain} of {requested} members; it may have mailed them, so they are not asked for again.",
    remedy:
      "See in Klaviyo whether they were sent the mail to confirm their subscription; if not, subscribe them there.",
  },
  subscribersForgotten: {
    culprit: "system",
    what: "It is lost whom the export has asked to subscribe, so it asked for all who are not subscribed; with double opt-in, some got a second mail to confirm it.",
    remedy: "Nothing needs to be done: they are written down anew.",
  },
} as const;
