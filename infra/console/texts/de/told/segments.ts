import type { segmentProblems } from "../../../../../shared/domain/problems/segments";

/** Was mit Segmenten, ihren Dateien und ihren Profilen nicht stimmen kann. */
export const segments: Record<keyof typeof segmentProblems, string> = {
  segmentMissing:
    "Das Segment „{segment}“ gibt es nicht, oder es hat keine Dateien. Legen Sie seine Dateien an ihren Ort, oder wählen Sie für den Export ein anderes Segment.",
  segmentOverdue:
    "Das Segment „{segment}“ wurde seit mehr als {hours} Stunden nicht aktualisiert; seine letzte Aktualisierung: {refreshedAt}. Sehen Sie nach, warum es nicht geschrieben wird; der Export läuft von selbst, sobald es geschieht.",
  segmentEmpty:
    "Die Segmente des Exports enthalten keine Profile. Aktualisieren Sie das Segment, und starten Sie den Lauf noch einmal.",
  segmentsTooLargeToSearch:
    "Die Segmente sind zu groß, als dass sie nach einer Person durchsucht werden könnten, während jemand wartet: {megabytes} MB. Sehen Sie nach, was die letzten Läufe aus der Person gemacht haben, oder sehen Sie in den Bericht der Zurückweisungen eines Laufs.",
  segmentChanged:
    "Die Datei „{file}“ des Segments „{segment}“ wurde ersetzt, hinzugefügt oder entfernt, während das Segment gelesen wurde. Starten Sie den Lauf noch einmal, wenn die Aktualisierung des Segments beendet ist.",
  segmentUnfinished:
    "Das Segment „{segment}“ ist nicht vollständig: {reason}. Lassen Sie seine Aktualisierung zu Ende kommen, oder wiederholen Sie eine, die abbrach; ist seine Markierung nicht, was sein Schreiber hinterlässt, so ändern Sie sie in den Einstellungen des Segments.",
  manifestUnreadable:
    "„{file}“ des Segments „{segment}“ ist als Manifest nicht brauchbar: {reason}. Lassen Sie den Schreiber die Pfade der Dateien auflisten, einen je Zeile oder wie Redshift, oder wählen Sie in den Einstellungen des Segments eine andere Markierung.",
  segmentUnreadable:
    "Die Datei „{file}“ des Segments „{segment}“ ist nicht lesbar: {reason}. Schreiben Sie sie neu als CSV, NDJSON oder Parquet (unverpackt, gzip oder zstd), und starten Sie den Lauf noch einmal.",
  lakeTable:
    "Das Segment „{segment}“ ist eine Tabelle von {format}: Ihr Ordner enthält auch Zeilen, die die Tabelle gelöscht oder ersetzt hat, was nur ihr Protokoll auseinanderhält. Schreiben Sie die Zeilen der Tabelle, wie sie jetzt sind, in einen eigenen Ordner als einfaches Parquet oder CSV, etwa mit UNLOAD von Athena oder df.write.parquet von Spark, und wählen Sie dieses Segment.",
  severalRuns:
    "Das Segment „{segment}“ enthält {runs} Läufe eines Exports, etwa „{first}“ und „{second}“, und jeder ist das ganze Segment. Behalten Sie allein den Ordner des neuesten Laufs, oder lassen Sie ein Manifest seine Dateien auflisten und nennen Sie es als Markierung des Segments.",
  partitionsDiffer:
    "Die Ordner des Segments „{segment}“ geben seinen Dateien verschiedene Felder: „{file}“ {fields}, „{other}“ {otherFields}. Nehmen Sie die Dateien fort, die von einer früheren Anordnung übrig sind, oder geben Sie allen Ordnern dieselben Namen.",
  segmentTooLarge:
    "Das Segment „{segment}“ ist größer, als gelesen werden kann: Es selbst oder eine seiner Dateien hat mehr als {limit} {what}. Teilen Sie es in mehrere Segmente und Dateien, und lassen Sie Spalten fort, die niemand zuordnet.",
  headerMissing:
    "In der Datei „{file}“ des Segments „{segment}“ stehen Daten, wo die Namen ihrer Felder sein sollten. Setzen Sie eine Kopfzeile mit den Namen der Felder an den Anfang der Datei, oder nennen Sie die Spalten seiner Dateien in den Einstellungen des Segments.",
  columnsDiffer:
    "Die Datei „{file}“ des Segments „{segment}“ hat {columns} Spalten, und {names} sind für sie genannt. Nennen Sie jede Spalte der Datei, in ihrer Reihenfolge, in den Einstellungen des Segments.",
  encodingTold:
    "Die Datei „{file}“ des Segments „{segment}“ ist nicht UTF-8; nach ihren Buchstaben wurde sie als {encoding} gelesen. Es ist nichts zu tun, wenn Namen in einer Vorschau richtig aussehen; sonst schreiben Sie die Datei in UTF-8.",
  encodingUnsure:
    "Die Datei „{file}“ des Segments „{segment}“ ist nicht UTF-8, und ihre Buchstaben sagen nicht, was sie ist; sie wurde als {encoding} gelesen. Sehen Sie sich Namen in einer Vorschau an, und schreiben Sie die Datei in UTF-8.",
  charactersLost:
    "Die Datei „{file}“ des Segments „{segment}“ enthält Zeichen, die verloren gingen, bevor sie geschrieben wurde; dort steht �. Exportieren Sie sie noch einmal von dort, woher sie kommt, in UTF-8.",
  linesAboveHeader:
    "{lines} Zeilen der Datei „{file}“ des Segments „{segment}“ stehen über ihrer Kopfzeile und wurden übergangen. Es ist nichts zu tun, wenn sie ein Titel oder eine Bemerkung sind.",
  cellsBeyondHeader:
    "{rows} Zeilen des Segments „{segment}“ haben Zellen, für die der Kopf keinen Namen hat; diese Zellen blieben fort. Die erste ist Zeile {row} der Datei „{file}“. Sehen Sie nach, ob die anderen Zellen dieser Zeilen in ihren Spalten stehen: Ein Text, der das Trennzeichen enthält, gehört in Anführungszeichen. Es ist nichts zu tun, wenn niemand die Zellen braucht.",
  cellsMissing:
    "{rows} Zeilen des Segments „{segment}“ haben weniger Zellen, als der Kopf Namen hat; die fehlenden gelten als leer. Die erste ist Zeile {row} der Datei „{file}“. Sehen Sie nach, ob diese Zeilen eine Summe unter der Tabelle sind oder in zwei gebrochen wurden: Ein Text, der einen Zeilenumbruch enthält, gehört in Anführungszeichen. Es ist nichts zu tun, wenn leere Zellen an ihren Enden weggelassen wurden.",
  preparationTooLong:
    "Die Segmente des Exports, {megabytes} MB, lassen sich in den {minutes} Minuten nicht vorbereiten, die eine Funktion dafür hat. Verteilen Sie die Segmente auf mehrere Exporte, schreiben Sie sie als Parquet, oder ordnen Sie weniger Felder zu; wo das AWS-Konto mehr Speicher erlaubt, ist die Funktion damit schneller.",
  diskFull:
    "Die Segmente brauchen mehr vorläufigen Platz, als eine Funktion hat. Wählen Sie kleinere Segmente, oder verteilen Sie sie auf mehrere Exporte; als Parquet braucht ein Segment am wenigsten Platz.",
  fieldMissing:
    "Die Datei „{file}“ des Segments „{segment}“ hat kein Feld „{field}“; sie hat {fields}. Ordnen Sie eines der Felder zu, die da sind, oder schreiben Sie das Feld in die Datei.",
  fieldAbsent:
    "{count} der {files} Dateien des Segments „{segment}“ haben kein Feld „{field}“, etwa „{file}“; dort ist es leer. Es ist nichts zu tun, wenn diese Zeilen keines haben; sonst schreiben Sie die Dateien neu, mit dem Feld.",
  fieldHidden:
    "Das Feld „{field}“ des Segments „{segment}“ ist der Name eines Ordners und auch eine Spalte von „{file}“; verwendet wird der Wert des Ordners, wie Spark es tut. Es ist nichts zu tun, wenn beide übereinstimmen; sonst geben Sie der Spalte einen anderen Namen.",
  fieldRepeated:
    "Die Datei „{file}“ des Segments „{segment}“ hat mehrere Felder, die „{field}“ heißen; das erste wird verwendet. Geben Sie den Feldern der Datei verschiedene Namen, wenn ein anderes gemeint ist.",
  valuesDropped:
    "{count} Profile bleiben ohne {attribute}: Das Feld „{field}“ {reason}. Berichtigen Sie diese Werte im Segment, oder ändern Sie die Zuordnung.",
  fieldDropped:
    "Kein einziges Profil hat {attribute}: Das Feld „{field}“ {reasons}, in allen {count} Profilen, in denen es gefüllt ist. Prüfen Sie, ob es das richtige Feld ist, und wie die Zuordnung es liest; starten Sie dann den Lauf noch einmal.",
  codeWithoutPlus:
    "Die meisten Nummern des Feldes „{field}“ ohne Plus beginnen mit {code}; darum werden alle, die es tun, als +{code}… gelesen. Es ist nichts zu tun, wenn das stimmt; sonst schreiben Sie die Nummern des Feldes mit einem Plus und der Vorwahl ihres Landes.",
  noValidEmail:
    "Keine der {rows} Zeilen hat im Feld „{field}“ eine gültige Mailadresse. Prüfen Sie, ob das zugeordnete Feld das mit den Mailadressen ist.",
  overProfileLimit:
    "Der Export hat {members} Mitglieder, mehr als die Grenze der Verbindung von {limit}. Wählen Sie kleinere Segmente, oder lassen Sie einen Administrator die Grenze der Verbindung auf die des Vertrags mit Klaviyo anheben.",
  snapshotUnreadable:
    "Der Schnappschuss, wen der Export auf die Liste gesetzt hat, ist verloren oder beschädigt; darum werden alle Mitglieder gesendet. Der Lauf macht einen neuen; es ist nichts zu tun.",
  othersRemoved:
    "Der Lauf wurde mit reconcile gestartet: Alle auf der Liste, die nicht Mitglieder der Segmente sind, werden von ihr genommen, wer auch immer sie dorthin gesetzt hat. Setzen Sie in Klaviyo die auf eine eigene Liste, die dennoch Mails bekommen sollen.",
};
