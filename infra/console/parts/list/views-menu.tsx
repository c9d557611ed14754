import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTexts } from "../../texts/language";
import { useSavedViews } from "./saved-views";

const ViewsDialog = lazy(async () => ({ default: (await import("./views-dialog")).ViewsDialog }));

const MANAGE = "manage";

/** Goes to a view of a list that was saved, and saves the one that is shown. */
export function ViewsMenu({
  list,
  address,
  search,
}: {
  readonly list: string;
  /** The list's address, without what filters it. */
  readonly address: string;
  /** What is shown now, as it stands in an address. */
  readonly search: string;
}) {
  const { views: words } = useTexts().common;
  const { history } = useRouter();
  const saved = useSavedViews(list);
  const [open, setOpen] = useState(false);
  return (
    <>
      <ButtonDropdown
        items={[
          ...saved.views.map((view, index) => ({
            ...{ id: `${index}`, text: view.name, href: `${address}${view.search}` },
            ...(view.search === search ? { iconName: "check" as const } : {}),
          })),
          { id: MANAGE, text: words.manage },
        ]}
        onItemFollow={(event) => {
          event.preventDefault();
          history.push(event.detail.href ?? address);
        }}
        onItemClick={({ detail }) => {
          if (detail.id === MANAGE) {
            setOpen(true);
          }
        }}
      >
        {words.label}
      </ButtonDropdown>
      <Suspense>
        {open && (
          <ViewsDialog
            saved={saved}
            address={address}
            search={search}
            onDismiss={() => setOpen(false)}
          />
        )}
      </Suspense>
    </>
  );
}
