import type { DroppedValueReason } from "../../../../../shared/domain/runs/left-out/dropped-values";
import type { RowRejectionCode } from "../../../../../shared/domain/runs/rejection";

/** Warum eine Zeile nicht unter den Profilen ist, die ein Lauf auf die Liste gesetzt hat. */
export const rejections: Record<RowRejectionCode, string> = {
  emailBlank: "Die Zeile hat keine Mailadresse.",
  emailInvalid: "Die Mailadresse ist fehlerhaft oder länger als 100 Zeichen.",
  emailDuplicate: "Eine frühere Zeile hat dieselbe Mailadresse; verwendet wurde die frühere.",
  profileUnsent: "Das Profil wurde nicht gesendet; warum, sagt das Problem des Laufs.",
  profileTooLarge:
    "Das Profil ist größer als 100 KB, und mehr nimmt Klaviyo nicht an; ordnen Sie weniger oder kürzere Felder zu.",
  profileUnremoved:
    "Das Profil hat die Segmente verlassen und wurde nicht von der Liste genommen; warum, sagt das Problem des Laufs.",
  refusalUnmatched: "Klaviyo hat ein Profil dieses Teils abgelehnt, ohne zu sagen, welches.",
};

/** Warum ein Wert ausgelassen wird, wie eine Warnung es nach dem Namen des Feldes sagt. */
export const dropped: Record<DroppedValueReason, string> = {
  notPhone: "enthält dort keine gültige Telefonnummer",
  phoneAmbiguous:
    "enthält dort eine Telefonnummer, die mit der Vorwahl des Landes beginnen mag oder nicht und beides Mal gültig ist",
  notLocale: "enthält dort keine Sprache mit einem Land",
  notUrl: "enthält dort keine URL mit http oder https",
  notCoordinate: "enthält dort keine Zahl im Bereich der Koordinate",
  notTimeZone: "enthält dort keinen Namen einer Zeitzone",
  notIp: "enthält dort keine IP-Adresse",
  tooLong: "enthält dort einen zu langen Text",
  tooDeep: "enthält dort einen zu tief verschachtelten Wert",
  notType: "enthält dort einen Wert, der nicht vom Typ der Eigenschaft ist",
  numberAmbiguous:
    "enthält dort eine Zahl, die mit dem anderen Dezimalzeichen eine andere ist; sagen Sie es in der Zuordnung, als decimal",
  dateAmbiguous:
    "enthält dort ein Datum, das sich auf mehrere Arten lesen lässt; sagen Sie es in der Zuordnung, als format",
  refusedByKlaviyo: "enthält dort einen Wert, den Klaviyo nicht annimmt",
};
