import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

const places: Readonly<Record<string, string>> = {
  h: "/",
  e: "/exports",
  r: "/runs",
  s: "/segments",
  c: "/connections",
};

/** How long a `g` waits for the letter of a place. */
const PATIENCE_MILLISECONDS = 1_500;

/** Listens to the console's keys; single letters are not heard where somebody types (WCAG 2.1.4). */
export function useShortcuts(open: { readonly menu: () => void; readonly help: () => void }): void {
  const { history } = useRouter();
  const opening = useRef(open);
  useEffect(() => {
    opening.current = open;
  });
  useEffect(() => {
    let goingSince = 0;
    const hear = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        opening.current.menu();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      if (event.key === "?") {
        opening.current.help();
      } else if (event.key === "g") {
        goingSince = event.timeStamp;
      } else {
        const place = places[event.key];
        if (place !== undefined && event.timeStamp - goingSince < PATIENCE_MILLISECONDS) {
          history.push(place);
        }
        goingSince = 0;
      }
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [history]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select, [role=dialog]") !== null)
  );
}
