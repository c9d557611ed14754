import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { createContext, use, useEffect, useState, type ReactNode } from "react";
import { LanguageProvider, loadLanguage, type LoadedLanguage } from "../texts/language";
import { keepPreferences, type Preferences } from "./preferences";

const PreferencesContext = createContext<
  readonly [Preferences, (preferences: Preferences) => void] | undefined
>(undefined);

/** Shows what is below it as the viewer prefers. */
export function PreferencesProvider({
  first,
  firstLanguage,
  children,
}: {
  readonly first: Preferences;
  readonly firstLanguage: LoadedLanguage;
  readonly children: ReactNode;
}) {
  const [preferences, setPreferences] = useState(first);
  const [loaded, setLoaded] = useState(firstLanguage);
  const { theme, density, language } = preferences;
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const isDark = theme === "dark" || (theme === "system" && dark.matches);
      applyMode(isDark ? Mode.Dark : Mode.Light);
      document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
    };
    apply();
    dark.addEventListener("change", apply);
    return () => dark.removeEventListener("change", apply);
  }, [theme]);
  useEffect(() => {
    applyDensity(density === "compact" ? Density.Compact : Density.Comfortable);
  }, [density]);
  useEffect(() => {
    document.documentElement.lang = loaded.language;
  }, [loaded]);
  useEffect(() => {
    let wanted = true;
    void loadLanguage(language).then((next) => {
      if (wanted) {
        setLoaded(next);
      }
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  const change = (next: Preferences) => {
    keepPreferences(next);
    setPreferences(next);
  };
  return (
    <PreferencesContext value={[preferences, change]}>
      <LanguageProvider loaded={loaded}>{children}</LanguageProvider>
    </PreferencesContext>
  );
}

/** The viewer's preferences, and how to change them. */
export function usePreferences(): readonly [Preferences, (preferences: Preferences) => void] {
  const preferences = use(PreferencesContext);
  if (preferences === undefined) {
    throw new TypeError("there is no PreferencesProvider above");
  }
  return preferences;
}
