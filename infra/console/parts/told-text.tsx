import type { Told } from "../texts/told";

/** What the API tells: where it is not in the viewer's language, a screen reader is told. */
export function ToldText({ told: { text, language } }: { readonly told: Told }) {
  return <span lang={language}>{text}</span>;
}
