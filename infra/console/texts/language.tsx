import I18nProvider, { type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { createContext, use, useMemo, type ReactNode } from "react";
import { formatsIn, type Formats } from "./formats";
import type { Language } from "./plural";
import type { Texts } from "./texts";

/** A language with all that is said in it, the components' own texts included. */
export interface LoadedLanguage {
  readonly language: Language;
  readonly texts: Texts;
  readonly components: I18nProviderProps.Messages;
}

/** Loads a language; a browser loads none but those that its viewer reads. */
export async function loadLanguage(language: Language): Promise<LoadedLanguage> {
  switch (language) {
    case "en": {
      const [{ en }, components] = await Promise.all([
        import("./en/index"),
        import("@cloudscape-design/components/i18n/messages/all.en"),
      ]);
      return { language, texts: en, components: components.default };
    }
    case "de": {
      const [{ de }, components] = await Promise.all([
        import("./de/index"),
        import("@cloudscape-design/components/i18n/messages/all.de"),
      ]);
      return { language, texts: de, components: components.default };
    }
  }
}

interface Spoken {
  readonly texts: Texts;
  readonly formats: Formats;
}
const SpokenContext = createContext<Spoken | undefined>(undefined);

/** Lets what is below it speak a language. */
export function LanguageProvider({
  loaded,
  children,
}: {
  readonly loaded: LoadedLanguage;
  readonly children: ReactNode;
}) {
  const spoken = useMemo(
    () => ({
      texts: loaded.texts,
      formats: formatsIn(loaded.language, Intl.DateTimeFormat().resolvedOptions().timeZone),
    }),
    [loaded],
  );
  return (
    <I18nProvider locale={loaded.language} messages={[loaded.components]}>
      <SpokenContext value={spoken}>{children}</SpokenContext>
    </I18nProvider>
  );
}

function useSpoken(): Spoken {
  const spoken = use(SpokenContext);
  if (spoken === undefined) {
    throw new TypeError("there is no LanguageProvider above");
  }
  return spoken;
}

/** What to say, in the viewer's language. */
export const useTexts = (): Texts => useSpoken().texts;

/** How to write numbers and times, for the viewer. */
export const useFormats = (): Formats => useSpoken().formats;
