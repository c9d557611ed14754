import type { runProblems } from "../../../../../shared/domain/problems/runs";

/** Was aus Läufen und ihren Teilen werden kann. */
export const runs: Record<keyof typeof runProblems, string> = {
  noConnectionAttached:
    "Der Export hat keine Verbindung. Verbinden Sie den Export mit einer Verbindung.",
  previousRunGoing:
    "Der vorige Lauf {runId} des Exports war noch nicht beendet. Es ist nichts zu tun; geschieht es oft, so lassen Sie den Export seltener laufen.",
  tooManyRejected:
    "Der Lauf hat {rejected} Zeilen zurückgewiesen, mehr als die Schwelle des Exports von {threshold}. Sehen Sie sich den Bericht der Zurückweisungen an, und berichtigen Sie die Zeilen, oder heben Sie die Schwelle an.",
  connectionDetached:
    "Der Export wurde von seiner Verbindung getrennt, bevor der Lauf beendet war. Verbinden Sie ihn mit einer Verbindung, wenn er wieder laufen soll.",
  connectionRemoved:
    "Die Verbindung wurde entfernt, bevor der Lauf beendet war. Verbinden Sie den Export mit einer anderen, wenn er wieder laufen soll.",
  exportDeleted: "Der Export wurde gelöscht, während er lief. Es ist nichts zu tun.",
  runCanceled:
    "Der Lauf wurde abgebrochen. Starten Sie den Export noch einmal, wenn der Rest gesendet werden soll: Was nicht gesendet wurde, wird wieder versucht.",
  runEnded: "Der Lauf {runId} ist beendet: {status}. Es ist nichts zu tun.",
  stagingInterrupted:
    "Ein Teil des Laufs wurde nicht gesendet: Seine Vorbereitung wurde unterbrochen, und seine Segmente haben sich seither geändert. Starten Sie den Lauf noch einmal: Was nicht gesendet wurde, wird wieder versucht.",
  chunkUnsent:
    "Der Teil des Laufs mit diesem Profil konnte auch nach allen Versuchen nicht gesendet werden. Starten Sie den Lauf noch einmal: Was nicht gesendet wurde, wird wieder versucht.",
  profilesUnsent:
    "{unsent} von {members} Profilen konnten nicht gesendet werden. Starten Sie den Lauf noch einmal: Was nicht gesendet wurde, wird wieder versucht.",
  awsUnavailable:
    "AWS tut seit {since} nicht, worum dieses System es bittet ({what}). Es ist nichts zu tun, solange der Lauf weitergeht: Er wartet stundenlang; ist er fehlgeschlagen, so starten Sie ihn noch einmal, wenn es AWS wieder gut geht.",
  runStalled:
    "Der Lauf bewegte sich nicht mehr und wurde beendet. Starten Sie ihn noch einmal; geschieht es wieder, so sehen Sie in die Logs der Funktionen.",
  internalError:
    "Im System ist etwas schiefgegangen. Versuchen Sie es noch einmal; geschieht es wieder, so geben Sie den Betreibern die ID der Anfrage.",
};
