import { useFormats, useTexts } from "../texts/language";

/** A point in time, in the viewer's zone. @param zone another one, which is then named */
export function Instant({ at, zone }: { readonly at: string | undefined; readonly zone?: string }) {
  const formats = useFormats();
  const { common } = useTexts();
  if (at === undefined) {
    return <>{common.states.never}</>;
  }
  return <time dateTime={at}>{formats.instant(at, zone)}</time>;
}
