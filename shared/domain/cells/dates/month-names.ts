/**
 * What the months are called in English, German, French, Spanish, Italian, Dutch, Swedish, Polish and Slovene, in
 * full and short, in the forms in which they stand in a date; without accents. No name means two months.
 */
const names = [
  "january jan januar janvier janv enero ene gennaio gen januari styczen stycznia sty januarja",
  "february feb februar fevrier fevr febrero febbraio februari luty lutego lut februarja",
  "march mar marz mars marzo maart mrt marzec marca marec",
  "april apr avril avr abril abr aprile kwiecien kwietnia kwi aprila",
  "may mai mayo maggio mag mei maj maja",
  "june jun juni juin junio giugno giu czerwiec czerwca cze junij junija",
  "july jul juli juillet juil julio luglio lug lipiec lipca lip julij julija",
  "august aug aout agosto ago augustus augusti sierpien sierpnia sie avgust avgusta avg",
  "september sep sept septembre septiembre settembre set wrzesien wrzesnia wrz septembra",
  "october oct oktober okt octobre octubre ottobre ott pazdziernik pazdziernika paz oktobra",
  "november nov novembre noviembre listopad listopada lis novembra",
  "december dec dezember dez decembre diciembre dic dicembre grudzien grudnia gru decembra",
];
const months = new Map(
  names.flatMap((called, index) =>
    called.split(" ").map((name): readonly [string, number] => [name, index + 1]),
  ),
);

/** The number of a month by its name, with or without a point behind it; 0 for what is none. */
export function monthOfName(name: string): number {
  const plain = name.normalize("NFKD").toLowerCase().replaceAll("ł", "l");
  return months.get(plain.replace(/[^\p{L}]/gu, "")) ?? 0;
}
