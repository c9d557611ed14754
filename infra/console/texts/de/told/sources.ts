import type { sourceProblems } from "../../../../../shared/domain/problems/sources";

/** Was mit der Herkunft von Segmenten nicht stimmen kann. */
export const sources: Record<keyof typeof sourceProblems, string> = {
  sourceNotFound:
    "Es gibt keine Quelle „{sourceId}“. Nennen Sie eine aus der Liste der Quellen, mit ihrer ID.",
  sourceIdTaken:
    "Es gibt schon eine Quelle mit der ID „{sourceId}“. Wählen Sie für die neue eine andere ID.",
  tooManySources:
    "Es gibt schon {limit} Quellen, und mehr können nicht aufbewahrt werden. Entfernen Sie eine, die kein Export verwendet.",
  sourceChanged:
    "Die Quelle wurde inzwischen von jemand anderem geändert. Lesen Sie sie neu, und wiederholen Sie die Änderung mit ihrer neuen Version.",
  sourceInUse:
    "{count} Exporte verwenden Segmente der Quelle: {named}. Wählen Sie für diese Exporte andere Segmente, oder löschen Sie sie, und wiederholen Sie die Anfrage.",
  sourceBuiltIn:
    "Der Segment-Bucket gehört zum System: Er lässt sich nicht ändern und nicht entfernen. Nennen Sie eine Quelle, die jemand angelegt hat.",
  sourceNotEnabled:
    "Diese Stage ist nicht dafür eingerichtet, aus {place} zu lesen. Lassen Sie es einen Betreiber in der Konfiguration der Stage unter sources nennen und einspielen.",
  sourceForbidden:
    "Der Zugang zu {place} wurde verweigert: {reason}. Geben Sie der Quelle einen Zugang, der dort lesen und auflisten darf und nicht abgelaufen ist, oder lassen Sie die Funktionen der Stage hinein; prüfen Sie dann die Quelle.",
  azureFederationDisabled:
    "Das AWS-Konto stellt keine Token aus, mit denen die Funktionen Azure beweisen könnten, wer sie sind. Lassen Sie einen Betreiber die ausgehende Identitätsföderation einmal für das Konto einschalten (aws iam enable-outbound-web-identity-federation); prüfen Sie dann die Quelle.",
  entraAppNotFound:
    "Microsoft Entra hat keine App {clientId} im Mandanten {tenantId}. Berichtigen Sie den Mandanten und die App der Quelle.",
  entraAppNotFederated:
    "Die App {clientId} von Microsoft Entra vertraut dieser Funktion nicht: Sie hat keine Verbundanmeldeinformation mit dem Aussteller {issuer}, dem Antragsteller {subject} und der Zielgruppe {audience}. Fügen Sie der App diese hinzu, und eine für jede andere Funktion, die Quellen liest (die Ausgabe AzureSubjects des Stacks); prüfen Sie dann die Quelle.",
  sourcePlaceMissing: "{place} gibt es nicht. Berichtigen Sie den Ort der Quelle.",
  sourceUnavailable:
    "{place} war nicht erreichbar: {reason}. Versuchen Sie es später noch einmal; ein Lauf, der im Gang ist, versucht es von selbst.",
  modelMissing:
    "Der Ordner der Quelle „{source}“ enthält kein model.json. Nennen Sie den Ordner, in dem das model.json des Exports liegt, und sorgen Sie dafür, dass der Export einmal gelaufen ist.",
  modelUnreadable:
    "Was das model.json der Quelle „{source}“ sagt, ist nicht brauchbar: {reason}. Lassen Sie den Export noch einmal laufen, damit es neu geschrieben wird, oder wählen Sie eine andere Tabelle; model.json muss von Version 1.0 sein und CSV-Dateien im Ordner der Quelle nennen.",
  appendOnlyTable:
    "Das Segment „{segment}“ schreibt Synapse Link, und zwar nur anfügend: Es enthält alte Stände von Zeilen, und Zeilen, die gelöscht wurden. Verknüpfen Sie die Tabelle neu ohne „append-only“, sodass Momentaufnahmen von ihr geschrieben werden.",
  rowsUnlikeModel:
    "Eine Zeile der Datei „{file}“ des Segments „{segment}“ hat {cells} Werte, und model.json nennt dafür {columns} Spalten. Lassen Sie den Export noch einmal laufen; hilft das nicht, so wählen Sie eine andere Tabelle.",
  headerUnlikeModel:
    "Die erste Zeile der Datei „{file}“ des Segments „{segment}“ nennt nicht die Spalten, die model.json nennt. Lassen Sie den Export noch einmal laufen; hilft das nicht, so wählen Sie eine andere Tabelle.",
};
