import type { removalProblems } from "../../../../../shared/domain/problems/removals";

/** Was das Entfernen von einer Liste hindern kann. */
export const removals: Record<keyof typeof removalProblems, string> = {
  removalGuard:
    "{leaving} Profile haben die Segmente verlassen, und {percent} % der {listed} Profile der Liste würden entfernt; darum wurde nichts gesendet und niemand entfernt. Prüfen Sie die Segmente; sind sie richtig, so starten Sie den Export mit allowMassRemoval gleich true.",
  leaversUnknown:
    "Der Schnappschuss, wen dieser Export auf die Liste gesetzt hat, ging verloren. Wer die Segmente seither verlassen hat und nicht mehr bekannt ist, bleibt darum auf der Liste; niemand wird entfernt, von dem nicht bekannt ist, dass der Export ihn dorthin gesetzt hat. Soll die Liste genau den Segmenten entsprechen, so sieht ein Administrator eine Vorschau an und startet den Export mit reconcile gleich true, was alle entfernt, die keine Mitglieder sind.",
  leavingUnknown:
    "Die Liste ist zu lang, als dass eine Vorschau sie ganz lesen könnte: Mindestens {atLeast} ihrer {listed} Profile sind keine Mitglieder und würden entfernt, vielleicht mehr. Starten Sie den Lauf, wenn die Liste den Segmenten entsprechen soll; die Sperre gegen Massenentfernung prüft die wahre Zahl.",
  reconcileUpsert:
    "Der Export „{displayName}“ ist im Modus upsert, der niemanden von seiner Liste nimmt; es gibt also nichts abzugleichen. Setzen Sie den Export zuerst auf den Modus mirror, oder starten Sie ihn ohne reconcile.",
  listMirrored:
    "Die Klaviyo-Liste {listId} wird auch vom Export „{displayName}“ ({exportId}) verwendet, und ein Export im Modus mirror muss der einzige seiner Liste sein. Wählen Sie eine andere Liste, oder setzen Sie beide Exporte auf den Modus upsert; ein Lauf, der im Gang ist, behält den Modus, mit dem er begann.",
  profilesUnremoved:
    "{unremoved} von {leaving} Profilen, die die Segmente verlassen haben, konnten nicht von der Liste genommen werden. Starten Sie den Lauf noch einmal: Wer nicht entfernt wurde, wird wieder versucht.",
};
