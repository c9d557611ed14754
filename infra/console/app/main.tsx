import "@cloudscape-design/global-styles/index.css";
import "./console.css";
import { createRoot } from "react-dom/client";
import { CONSOLE_CONFIG_PATH, SIGNED_IN_PATH, consoleConfigSchema } from "../../console-config";
import { createSession } from "../session/session";
import { loadLanguage } from "../texts/language";
import { Console } from "./console";
import { NotStarted } from "./not-started";
import { readPreferences } from "./preferences";
import { PreferencesProvider } from "./preferences-provider";

/** Loads what the console is told of its stage, ends a sign-in that was begun, and shows the console. */
async function start(place: HTMLElement): Promise<void> {
  const preferences = readPreferences();
  const language = await loadLanguage(preferences.language);
  const root = createRoot(place);
  const show = (shown: React.ReactNode) => {
    root.render(
      <PreferencesProvider first={preferences} firstLanguage={language}>
        {shown}
      </PreferencesProvider>,
    );
  };
  try {
    const answer = await fetch(CONSOLE_CONFIG_PATH, { cache: "no-store" });
    const config = consoleConfigSchema.parse(await answer.json());
    const session = await createSession(config);
    let signInFailed = false;
    if (window.location.pathname === SIGNED_IN_PATH) {
      try {
        const goOnAt = await session.finishSignIn();
        if (goOnAt === undefined) {
          // A window of its own, which closes by itself.
          return;
        }
        window.history.replaceState(null, "", goOnAt);
      } catch {
        signInFailed = true;
        window.history.replaceState(null, "", "/");
      }
    }
    show(<Console config={config} session={session} signInFailed={signInFailed} />);
  } catch {
    show(<NotStarted />);
  }
}

const place = document.getElementById("console");
if (place === null) {
  throw new TypeError("the page has no place for the console");
}
void start(place);
