import type { klaviyoProblems } from "../../../../../shared/domain/problems/klaviyo";

/** Was mit einem Klaviyo-Konto, seinem Schlüssel und seinen Listen nicht stimmen kann. */
export const klaviyo: Record<keyof typeof klaviyoProblems, string> = {
  keyRefused:
    "Klaviyo nimmt den API-Schlüssel der Verbindung nicht an. Ein Administrator legt in Klaviyo einen neuen privaten Schlüssel an und gibt ihn der Verbindung.",
  scopesMissing:
    "Dem API-Schlüssel fehlen diese Berechtigungen (Scopes): {scopes}. Ein Administrator legt in Klaviyo einen privaten Schlüssel mit ihnen an (die eines Schlüssels lassen sich später nicht ändern) und gibt ihn der Verbindung.",
  secretUnreadable:
    "Der API-Schlüssel der Verbindung ließ sich nicht aus dem Secrets Manager lesen. Ein Administrator gibt der Verbindung ihren Schlüssel noch einmal, oder die Betreiber sehen nach dem Geheimnis.",
  ownSecretUnreadable:
    "Das eigene Geheimnis, in dem der API-Schlüssel liegt, ist nicht lesbar oder enthält keinen API-Schlüssel von Klaviyo. Prüfen Sie, ob es in der Region dieses Systems liegt, das Tag klaviyo-segment-export mit der Stage dieses Systems als Wert trägt (etwa klaviyo-segment-export=production) und den Schlüssel enthält, als Text oder als Eigenschaft apiKey eines JSON-Objekts.",
  secretScheduledForDeletion:
    "Das Geheimnis mit dem API-Schlüssel der Verbindung ist im Secrets Manager zum Löschen vorgemerkt. Stellen Sie es dort wieder her, oder geben Sie der Verbindung ihren Schlüssel noch einmal, wenn es kein eigenes Geheimnis ist.",
  ownSecretInUse:
    "Die Verbindung liest ihren API-Schlüssel aus einem eigenen Geheimnis und kann nicht zu einem Schlüssel zurück, der hier aufbewahrt wird. Ändern Sie den Schlüssel in diesem Geheimnis, oder legen Sie eine neue Verbindung an.",
  accountMismatch:
    "Der API-Schlüssel gehört zum Klaviyo-Konto {found}, die Verbindung zu {expected}. Nehmen Sie einen Schlüssel des Kontos der Verbindung, oder legen Sie für das andere Konto eine neue Verbindung an.",
  signInEnded:
    "Klaviyo nimmt die Anmeldung der Verbindung nicht mehr an: Sie wurde in Klaviyo beendet oder 90 Tage lang nicht benutzt. Ein Administrator meldet die Verbindung neu bei Klaviyo an oder gibt ihr einen Schlüssel.",
  signInScopesMissing:
    "Die Anmeldung erlaubt diese Berechtigungen (Scopes) nicht: {scopes}. Die Betreiber dieses Systems geben sie ihrer App in Klaviyo, und ein Administrator meldet sich neu an.",
  signInNotFinished:
    "Klaviyo nimmt den Code dieser Anmeldung nicht an: Er ist zu alt oder wurde schon benutzt. Melden Sie sich noch einmal bei Klaviyo an.",
  signInForeign:
    "Die Anmeldung wurde nicht von Ihnen hier begonnen, oder vor mehr als {minutes} Minuten. Beginnen Sie sie noch einmal, und beenden Sie sie am selben Ort.",
  signInUnavailable:
    "Dieses System hat in Klaviyo keine App, über die man sich anmelden könnte. Nehmen Sie einen API-Schlüssel, oder bitten Sie die Betreiber, für diese Stage eine App einzurichten.",
  signInAppRefused:
    "Klaviyo nimmt die App dieses Systems nicht an: Ihre ID oder ihr Geheimnis ist inzwischen ein anderes. Die Betreiber tragen beide, wie sie jetzt sind, in das Geheimnis der App ein.",
  listNotFound:
    "Das Klaviyo-Konto hat keine Liste mit der ID {listId}. Wählen Sie eine Liste, die es gibt; ihre ID steht in Klaviyo in den Einstellungen der Liste.",
  klaviyoUnavailable:
    "Klaviyo war nicht erreichbar oder hat nicht brauchbar geantwortet: {reason}. Versuchen Sie es später noch einmal; ob Klaviyo Störungen hat, sagt seine Statusseite.",
  jobsUnfinished:
    "Klaviyo hat alle Aufträge angenommen und die von {profiles} Profilen noch nicht beendet. Warten Sie: Klaviyo kann einige Zeit brauchen; ob es Störungen hat, sagt seine Statusseite.",
  klaviyoForbids:
    "Klaviyo lässt dieses Konto oder diesen Schlüssel das nicht tun, obwohl der Schlüssel die Berechtigungen hat: {code}. Sehen Sie in Klaviyo nach, ob das Konto oder der Schlüssel eingeschränkt ist, oder fragen Sie den Support von Klaviyo.",
  klaviyoRefused:
    "Klaviyo hat die Anfrage abgelehnt: {reason}. Sehen Sie sich den Grund an; nennt er kein Profil, so sagen Sie es den Betreibern dieses Systems.",
  valuesIgnored:
    "Klaviyo hat die Profile angenommen, aber Werte von {attribute} (Feld „{field}“) übergangen, ohne zu sagen, wessen. Prüfen Sie diese Werte im Segment; wer einen guten hat, ist nicht betroffen.",
  jobCancelled:
    "Klaviyo hat den Importauftrag {attempts}-mal abgebrochen. Starten Sie den Lauf noch einmal; geschieht es wieder, so fragen Sie den Support von Klaviyo.",
};
