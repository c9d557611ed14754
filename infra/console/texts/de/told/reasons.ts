import type { ReasonCode } from "../../../../../shared/domain/explanations/reason";

/** Warum jemand auf der Liste eines Exports ist, oder nicht. */
export const reasons: Record<ReasonCode, string> = {
  onList: "Die Person ist auf der Liste.",
  onListByFirstRow:
    "Die Person ist auf der Liste; von {rows} Zeilen mit der Adresse wird die erste verwendet, und die anderen zählen als doppelt.",
  onListByOtherSegment:
    "Die Person ist durch das Segment „{segment}“ auf der Liste, das zuerst kommt; ihre Zeile in „{other}“ zählt als doppelt.",
  onListNotSubscribed:
    "Die Person ist auf der Liste und hat keine Mails abonniert: Der Export bittet niemanden um Einwilligung, und Klaviyo kennt keine.",
  onListUnsubscribed:
    "Die Person ist auf der Liste und bekommt keine Mails, weil sie sich in Klaviyo abgemeldet hat.",
  onListSuppressed:
    "Die Person ist auf der Liste und bekommt keine Mails, weil Klaviyo sie sperrt: {reasons}.",
  onListLeft:
    "Die Person ist auf der Liste, obwohl keine Zeile der Segmente die Adresse hat: Der Export entfernt niemanden, oder er ist seither nicht gelaufen, oder jemand anderes hat sie dorthin gesetzt.",
  noConnection: "Der Export hat keine Verbindung, sodass er nicht läuft.",
  accountUnreachable:
    "Klaviyo kann nicht nach der Person gefragt werden, und kein Lauf kann sie senden: {problem}",
  segmentMissing: "Das Segment „{segment}“ ist nicht da, sodass kein Lauf es lesen kann.",
  segmentUnfinished: "Ein Segment ist nicht vollständig, sodass Läufe darauf warten: {problem}",
  segmentsNotSearched: "Die Segmente konnten nicht durchsucht werden: {problem}",
  addressInvalid:
    "Wonach gefragt wurde, ist keine Mailadresse, und keine Zeile der Segmente enthält es.",
  emailInvalid:
    "Die Zeile der Person enthält eine Adresse, die fehlerhaft oder zu lang ist, sodass sie nicht gesendet wird: Zeile {row} von „{file}“.",
  rowWithoutEmail:
    "Keine Zeile der Segmente hat die Adresse, aber {rows} haben gar keine; eine davon kann die der Person sein.",
  notInSegments: "Keine Zeile der Segmente hat die Adresse.",
  leftAndRemoved:
    "Die Person hat die Segmente verlassen, und ein Lauf hat sie von der Liste genommen.",
  profileTooLarge: "Ihr Profil ist größer als 100 KB; mehr nimmt Klaviyo nicht an.",
  neverRun: "Der Export ist noch nie gelaufen.",
  runUnderWay: "Ein Lauf ist im Gang und noch nicht bei der Person angekommen.",
  listChanged:
    "Der Export sendet seit seinem letzten Lauf an eine andere Liste und ist seither nicht gelaufen.",
  overProfileLimit:
    "Der letzte Lauf wurde übersprungen, weil seine Mitglieder über der Grenze der Profile lagen.",
  guardStopped:
    "Den letzten Lauf hat die Sperre gegen Massenentfernung übersprungen, sodass er auch niemanden gesendet hat.",
  runSkipped: "Der letzte Lauf wurde übersprungen: {problem}",
  runFailed: "Der letzte Lauf ist fehlgeschlagen: {problem}",
  runCanceled: "Der letzte Lauf wurde abgebrochen, bevor er bei der Person war: {problem}",
  joinedSince:
    "Die Person ist erst in den Segmenten, seit der letzte Lauf sie gelesen hat; der nächste sendet sie.",
  refusedByKlaviyo: "Klaviyo hat ihr Profil im letzten Lauf abgelehnt: {text}",
  notConfirmed:
    "Der letzte Lauf hat die Person gesendet oder es versucht, und Klaviyo hat es nie bestätigt.",
  removedInKlaviyo:
    "Der Export hat die Person auf die Liste gesetzt, und jemand hat sie in Klaviyo entfernt; ein unverändertes Profil wird nicht noch einmal gesendet, außer in einem vollen Lauf.",
  unknown:
    "Aus dem, was aufbewahrt wird, lässt es sich nicht sagen; der nächste volle Lauf sendet die Person.",
};
