import { useEffect, useState } from "react";

/**
 * Gives the focus back to what opened a dialog, once that is gone. Cloudscape's dialogs do so by themselves, but not
 * where a field in them takes the focus as it appears: they take that field for the opener.
 */
export function useOpenerFocus(): void {
  const [way] = useState(() => wayTo(document.activeElement));
  useEffect(
    () => () => {
      // Whoever has it meanwhile keeps it: the heading of another page, say.
      if (document.activeElement === null || document.activeElement === document.body) {
        focusOn(way);
      }
    },
    [way],
  );
}

/** An element and all that it is in, from the inside. */
export function wayTo(element: Element | null): readonly Element[] {
  return element === null || element === document.body
    ? []
    : [element, ...wayTo(element.parentElement)];
}

/** The opener, or what opened the menu that it was an entry of: a menu is gone once something in it is chosen. */
function focusOn(way: readonly Element[]): void {
  const [opener] = way;
  const there = way.find((element) => element.isConnected);
  const found = there === opener ? opener : there?.querySelector("button, a[href], input");
  if (found instanceof HTMLElement) {
    found.focus();
  }
}
