import Autosuggest from "@cloudscape-design/components/autosuggest";
import Modal from "@cloudscape-design/components/modal";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useApi, useCallerQuery } from "../api/api-provider";
import { exportsQuery } from "../api/queries/exports";
import { useFirstField } from "../parts/use-first-field";
import { useOpenerFocus } from "../parts/use-opener-focus";
import { useTexts } from "../texts/language";
import { navigationItems } from "./navigation";

/** Most exports that are offered. */
const MOST = 20;

/** Goes to a place or an export by a few letters of its name. */
export function CommandMenu({ onClose }: { readonly onClose: () => void }) {
  const { shell, common } = useTexts();
  const { history } = useRouter();
  useOpenerFocus();
  useFirstField();
  const api = useApi();
  const caller = useCallerQuery();
  const [typed, setTyped] = useState("");
  // What the API is asked for follows what is typed, once somebody stops: there may be more exports than a page has.
  const [sought, setSought] = useState("");
  const exports = useQuery({
    ...exportsQuery(api, { limit: MOST, ...(sought === "" ? {} : { search: sought }) }),
    refetchInterval: false,
  });
  const places = navigationItems(shell.navigation, caller.data?.actions);
  const found = exports.data?.items ?? [];
  return (
    <Modal
      visible
      header={shell.menu.label}
      closeAriaLabel={common.actions.close}
      onDismiss={onClose}
    >
      <Autosuggest
        value={typed}
        ariaLabel={shell.menu.placeholder}
        placeholder={shell.menu.placeholder}
        empty={shell.menu.empty}
        statusType={exports.isPending ? "loading" : "finished"}
        loadingText={common.states.loading}
        enteredTextLabel={(value) => value}
        onLoadItems={({ detail }) => setSought(detail.filteringText.trim())}
        onChange={({ detail }) => setTyped(detail.value)}
        onSelect={({ detail }) => {
          if (detail.selectedOption !== undefined) {
            onClose();
            history.push(detail.value);
          }
        }}
        options={[
          ...places.map(({ text, href }) => ({ value: href, label: text })),
          {
            label: shell.navigation.exports,
            options: found.map(({ exportId, displayName }) => ({
              value: `/exports/${exportId}`,
              label: displayName,
            })),
          },
        ]}
      />
    </Modal>
  );
}
