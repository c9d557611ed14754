import { useEffect } from "react";
import { wayTo } from "../parts/use-opener-focus";

/**
 * Keeps the focus on the page. What has it may go once it is pressed ("Clear filters"), or be disabled ("Next page" at
 * the end): the heading of the part that it was in gets the focus then, so that keyboards and screen readers go on
 * from there. Dialogs that close and pages that are gone to come first: they give the focus by themselves.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let way: readonly Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      way = target instanceof Element ? wayTo(target) : [];
    };
    // Whoever presses beside everything wants no focus.
    const forget = () => {
      way = [];
    };
    const keep = () => {
      if (isLost(way)) {
        focusOn(way);
      }
    };
    const observer = new MutationObserver(() => {
      if (isLost(way)) {
        window.requestAnimationFrame(keep);
      }
    });
    observer.observe(document.body, {
      ...{ childList: true, subtree: true, attributes: true },
      attributeFilter: ["disabled"],
    });
    document.addEventListener("focusin", remember);
    document.addEventListener("pointerdown", forget, { capture: true });
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("pointerdown", forget, { capture: true });
    };
  }, []);
}

/** Whether nothing has the focus because what had it is gone or disabled. */
function isLost([last]: readonly Element[]): boolean {
  return (
    last !== undefined &&
    document.activeElement === document.body &&
    (!last.isConnected || last.matches(":disabled"))
  );
}

/** The nearest heading, within the page or the dialog; the page's own for what was in a dialog that is gone. */
function focusOn(way: readonly Element[]): void {
  const heading = way
    .filter((element) => element.isConnected && element.querySelector("main") === null)
    .flatMap((element) => [...element.querySelectorAll("h1, h2, h3")])
    .concat(document.querySelector("main h1") ?? [])
    .find((element) => element.checkVisibility());
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.focus();
  }
}
