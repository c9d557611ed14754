import { useEffect } from "react";

/**
 * Puts the focus into the first field of the dialog that opens. Cloudscape's dialogs give it to their button that closes
 * them, and take it from a field that has it as it appears.
 */
export function useFirstField(): void {
  useEffect(() => {
    const enter = () => {
      const dialog = document.activeElement?.closest("[role=dialog]");
      if (!(dialog instanceof HTMLElement)) {
        return;
      }
      document.removeEventListener("focusin", enter);
      const field = dialog.querySelector(
        "input:not([type=radio]):enabled, input:checked:enabled, textarea:enabled",
      );
      if (field instanceof HTMLElement) {
        field.focus();
      }
    };
    document.addEventListener("focusin", enter);
    enter();
    return () => document.removeEventListener("focusin", enter);
  }, []);
}
