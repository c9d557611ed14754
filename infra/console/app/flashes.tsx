import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { useTexts } from "../texts/language";

/** What is told at the top of the page until it is dismissed. */
export interface Flash {
  readonly type: "success" | "info" | "warning" | "error";
  readonly text: string;
  readonly action?: ReactNode;
}

const FlashContext = createContext<((flash: Flash) => void) | undefined>(undefined);
const ShownContext = createContext<readonly FlashbarProps.MessageDefinition[]>([]);

/** Lets what is below it tell something that outlives the page it was done on. */
export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const { common } = useTexts();
  const [shown, setShown] = useState<readonly (Flash & { readonly id: string })[]>([]);
  const tell = useCallback((flash: Flash) => {
    setShown((before) => [...before.slice(-4), { ...flash, id: window.crypto.randomUUID() }]);
  }, []);
  const items = useMemo(
    () =>
      shown.map(({ id, type, text, action }) => ({
        id,
        type,
        content: text,
        action,
        dismissible: true,
        dismissLabel: common.actions.close,
        onDismiss: () => setShown((before) => before.filter((flash) => flash.id !== id)),
      })),
    [shown, common],
  );
  return (
    <FlashContext value={tell}>
      <ShownContext value={items}>{children}</ShownContext>
    </FlashContext>
  );
}

/** Tells something at the top of the page. */
export function useFlash(): (flash: Flash) => void {
  const tell = use(FlashContext);
  if (tell === undefined) {
    throw new TypeError("there is no FlashProvider above");
  }
  return tell;
}

/** What was told and not dismissed yet. */
export function Flashes() {
  return <Flashbar items={use(ShownContext)} />;
}
