import type { subscriptionProblems } from "../../../../../shared/domain/problems/subscriptions";

/** Was das Abonnieren von Mitgliedern hindern kann. */
export const subscriptions: Record<keyof typeof subscriptionProblems, string> = {
  consentTimeMissing:
    "{members} Mitglieder haben im Feld „{field}“ keinen brauchbaren Zeitpunkt ihrer Einwilligung und wurden nicht abonniert. Tragen Sie dort ein, wann jedes von ihnen eingewilligt hat, nach ISO 8601, in der Vergangenheit und nicht vor 1990, und starten Sie den Lauf noch einmal.",
  consentUnclear:
    "Von {members} Mitgliedern sagt das Feld „{field}“ nicht, ob sie Mails zustimmen; sie wurden nicht abonniert. Tragen Sie dort für jedes ein Ja oder ein Nein ein, und starten Sie den Lauf noch einmal.",
  subscriptionsFailed:
    "{failed} von {requested} Mitgliedern konnten nicht abonniert werden; importiert wurden sie dennoch. Den Grund nennen die anderen Warnungen; der nächste Lauf versucht es wieder.",
  subscriptionsUnsettled:
    "Die Mitglieder wurden importiert, aber wer von ihnen zu abonnieren ist, ließ sich nicht herausfinden oder nicht festhalten. Es ist nichts zu tun: Der nächste Lauf versucht es wieder und fragt Klaviyo zuerst nach jedem von ihnen.",
  subscriptionsUncertain:
    "Klaviyo hat nicht geantwortet, als es {uncertain} von {requested} Mitgliedern abonnieren sollte; vielleicht hat es ihnen gemailt, darum wird nicht noch einmal darum gebeten. Sehen Sie in Klaviyo nach, ob sie die Mail zur Bestätigung bekommen haben; wenn nicht, abonnieren Sie sie dort.",
  subscribersForgotten:
    "Es ging verloren, wen der Export schon abonnieren ließ; darum hat er um alle gebeten, die nicht abonniert sind. Bei doppelter Bestätigung bekamen einige eine zweite Mail. Es ist nichts zu tun: Sie werden neu vermerkt.",
};
