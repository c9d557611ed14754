import type { requestProblems } from "../../../../../shared/domain/problems/requests";

/** Was mit einer Anfrage an die API nicht stimmen kann. */
export const requests: Record<keyof typeof requestProblems, string> = {
  invalidRequest:
    "Die Anfrage ist nicht gültig: {reason}. Berichtigen Sie das Feld, und senden Sie die Anfrage noch einmal.",
  mediaTypeUnsupported:
    "Vom Inhalt der Anfrage ist nicht gesagt, dass er JSON ist. Senden Sie JSON mit dem Kopf content-type: application/json.",
  requestTooLarge:
    "Der Inhalt der Anfrage ist größer als {limit} Byte. Senden Sie einen kleineren.",
  versionStale:
    "Was Sie ändern, hat nicht mehr die Version, die If-Match nennt. Lesen Sie es neu, und senden Sie Ihre Änderung mit dem ETag dieser Antwort.",
  idempotencyKeyReused:
    "Der Idempotency-Key wurde für eine andere Anfrage benutzt. Nehmen Sie einen neuen für jede Anfrage, die keine Wiederholung ist.",
  idempotencyKeyBusy:
    "Eine Anfrage mit diesem Idempotency-Key wird noch beantwortet. Warten Sie einige Sekunden, und wiederholen Sie die Anfrage mit demselben.",
  notAuthenticated:
    "Die Anfrage sagt nicht brauchbar, von wem sie ist. Melden Sie sich an, und senden Sie ein gültiges Zugriffstoken.",
  notPermitted:
    "Ihre Rolle erlaubt das nicht: Es braucht die Rolle {role}. Bitten Sie einen Administrator, es zu tun oder Ihre Rolle zu ändern.",
  connectionNotFound:
    "Es gibt keine Verbindung mit der ID {connectionId}, die Sie verwenden dürfen. Die IDs stehen in der Liste der Verbindungen; oder bitten Sie einen Administrator, eine freizugeben.",
  exportNotFound:
    "Es gibt keinen Export mit der ID {exportId}. Die IDs stehen in der Liste der Exporte.",
  runNotFound:
    "Es gibt keinen Lauf mit der ID {runId}. Die IDs stehen in der Liste der Läufe des Exports.",
  previewNotFound:
    "Der Export hat keine Vorschau mit der ID {previewId}: Vorschauen werden eine Stunde aufbewahrt. Fordern Sie eine neue an.",
  routeNotFound:
    "Unter {method} {path} gibt es nichts. Welche Pfade es gibt, steht in der Beschreibung der API.",
  displayNameTaken:
    "Eine andere Verbindung heißt schon „{displayName}“. Wählen Sie einen anderen Anzeigenamen.",
  connectionInUse:
    "Die Verbindung wird von {count} Exporten verwendet: {named}. Löschen oder trennen Sie zuerst diese Exporte.",
  connectionChanged:
    "Die Verbindung wurde inzwischen von jemand anderem geändert. Lesen Sie sie neu, und senden Sie dann Ihre Änderung.",
  noConnectionAvailable:
    "Es gibt keine Verbindung, die Sie verwenden dürfen. Bitten Sie einen Administrator, eine anzulegen oder freizugeben.",
  exportChanged:
    "Der Export wurde inzwischen von jemand anderem geändert. Lesen Sie ihn neu, und senden Sie dann Ihre Änderung.",
  scheduleChanged:
    "Die Systemaktualisierung wurde inzwischen von jemand anderem geändert. Lesen Sie den Zeitplan neu, und senden Sie dann Ihre Änderung.",
  segmentSettingsChanged:
    "Die Einstellungen des Segments wurden inzwischen von jemand anderem geändert. Lesen Sie sie neu, und senden Sie dann Ihre Änderung.",
  exportRunning:
    "Der Export läuft bereits: Lauf {runId}. Warten Sie, bis dieser Lauf beendet ist, und starten Sie dann noch einmal.",
  itemUnreadable:
    "Diese Version des Systems kann {id} ({kind}) nicht lesen, wie es gespeichert ist: {attribute}. Spielen Sie die Version ein, die es geschrieben hat, oder stellen Sie es wieder her; alles andere geht inzwischen weiter.",
  previewRunning:
    "Eine Vorschau des Exports, um die Sie gebeten haben, ist in Arbeit: {previewId}. Sehen Sie sich diese an; wenn sie fertig ist, fordern Sie eine neue an.",
  reportExpired:
    "Der Bericht der Zurückweisungen des Laufs {runId} wird nicht mehr aufbewahrt. Starten Sie den Export noch einmal mit dem Modus full: Sein Bericht nennt alle, die dann zurückgewiesen werden.",
  reportNotAvailable:
    "Der Lauf {runId} hat keinen Bericht der Zurückweisungen: {reason}. Fragen Sie noch einmal, wenn der Lauf beendet ist, oder sehen Sie sich das Problem des Laufs an.",
};
