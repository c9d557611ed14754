import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTexts } from "../texts/language";

/** Focuses the heading of a page that was gone to, so that a screen reader starts there, and names the tab by it. */
export function usePageHeading(): void {
  const router = useRouter();
  const { common } = useTexts();
  useEffect(() => {
    let observer: MutationObserver | undefined;
    const stop = () => {
      observer?.disconnect();
      observer = undefined;
    };
    // That of a page which is not there yet is none.
    const settle = (focus: boolean): boolean => {
      const heading = document.querySelector("main h1:not([aria-busy=true] *)");
      if (!(heading instanceof HTMLElement)) {
        return false;
      }
      document.title = `${heading.textContent} – ${common.product}`;
      if (focus) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return true;
    };
    // The heading may come with the page's data.
    const watch = (focus: boolean) => {
      stop();
      if (!settle(focus)) {
        observer = new MutationObserver(() => {
          if (settle(focus)) {
            stop();
          }
        });
        observer.observe(document.body, { childList: true, subtree: true });
      }
    };
    watch(false);
    const unsubscribe = router.subscribe("onRendered", ({ pathChanged }) => watch(pathChanged));
    return () => {
      unsubscribe();
      stop();
    };
  }, [router, common]);
}
