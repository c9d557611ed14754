import * as z from "zod";
import { languages, type Language } from "../texts/plural";

export const themes = ["light", "dark", "system"] as const;
export const densities = ["comfortable", "compact"] as const;

/** How a viewer wants the console to be: kept in this browser, since it says nothing of anybody's data. */
const preferencesSchema = z.object({
  theme: z.enum(themes),
  density: z.enum(densities),
  language: z.enum(languages),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Reads something that was kept; what is not there, or does not fit, is as usual. */
export function readKept<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  usual: z.output<Schema>,
): z.output<Schema> {
  try {
    const kept = schema.safeParse(JSON.parse(window.localStorage.getItem(name) ?? "null"));
    return kept.success ? kept.data : usual;
  } catch {
    return usual;
  }
}

/** Keeps something in this browser, where it lets itself be kept. */
export function keep(name: string, value: unknown): void {
  try {
    window.localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing shows everything as usual.
  }
}

const NAME = "preferences";

export function readPreferences(): Preferences {
  return readKept(NAME, preferencesSchema, {
    theme: "system",
    density: "comfortable",
    language: languageOf(window.navigator.languages),
  });
}

export const keepPreferences = (preferences: Preferences): void => keep(NAME, preferences);

/** The first language that the viewer reads and the console speaks. */
function languageOf(read: readonly string[]): Language {
  return (
    read
      .map((tag) => languages.find((language) => tag.toLowerCase().startsWith(language)))
      .find((language) => language !== undefined) ?? "en"
  );
}
