import TopNavigation from "@cloudscape-design/components/top-navigation";
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useCallerQuery } from "../api/api-provider";
import { useConfig, useSession } from "../session/session-provider";
import { useTexts } from "../texts/language";
import { useShortcuts } from "./use-shortcuts";

// Dialogs come when they are opened: the first page needs none.
const CommandMenu = lazy(async () => ({ default: (await import("./command-menu")).CommandMenu }));
const Shortcuts = lazy(async () => ({ default: (await import("./shortcuts")).Shortcuts }));
const PreferencesDialog = lazy(async () => ({
  default: (await import("./preferences-dialog")).PreferencesDialog,
}));

/** The bar above every screen: where one is, what one may go to, how one sees it, and who one is. */
export function Frame() {
  const { shell, common } = useTexts();
  const { stage } = useConfig();
  const session = useSession();
  const { history } = useRouter();
  const caller = useCallerQuery();
  const [open, setOpen] = useState<"menu" | "shortcuts" | "preferences" | undefined>();
  useShortcuts({ menu: () => setOpen("menu"), help: () => setOpen("shortcuts") });
  const close = () => setOpen(undefined);
  const role = caller.data?.role;
  return (
    <div id="frame">
      <a className="skip" href="#content">
        {shell.skip}
      </a>
      <TopNavigation
        identity={{
          href: "/",
          title: `${common.product} · ${stage}`,
          onFollow: (event) => {
            event.preventDefault();
            history.push("/");
          },
        }}
        utilities={[
          {
            type: "button",
            iconName: "search",
            text: shell.menu.label,
            title: `${shell.menu.label} (${shell.menu.hint})`,
            onClick: () => setOpen("menu"),
          },
          {
            type: "button",
            iconName: "settings",
            title: shell.preferences.label,
            ariaLabel: shell.preferences.label,
            onClick: () => setOpen("preferences"),
          },
          {
            type: "menu-dropdown",
            iconName: "user-profile",
            text: caller.data?.name ?? shell.account.label,
            description: role === undefined ? "" : common.roles[role],
            items: [
              { id: "shortcuts", text: shell.shortcuts.label },
              { id: "signOut", text: common.actions.signOut },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === "signOut") {
                void session.signOut();
              } else {
                setOpen("shortcuts");
              }
            },
          },
        ]}
      />
      <Suspense>
        {open === "menu" && <CommandMenu onClose={close} />}
        {open === "shortcuts" && <Shortcuts onClose={close} />}
        {open === "preferences" && <PreferencesDialog onClose={close} />}
      </Suspense>
    </div>
  );
}
