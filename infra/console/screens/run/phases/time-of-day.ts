import type { Formats } from "../../../texts/formats";

/** A time of day to the second, in the viewer's zone: phases may take no longer. */
export function timeOfDay({ language, timeZone }: Formats, instant: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(new Date(instant));
}
