import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useRouter } from "@tanstack/react-router";
import type { ExportAnswer } from "../../api/queries/exports";
import { useTexts } from "../../texts/language";

/** What is asked before it is done. */
export type ExportsDialog = "run" | "delete" | "schedule" | "runAll";

/** What may be done with the exports that are chosen. */
export function ExportsActions({
  chosen,
  onOpen,
}: {
  readonly chosen: readonly ExportAnswer[];
  readonly onOpen: (dialog: ExportsDialog) => void;
}) {
  const { exports: words } = useTexts();
  const { history } = useRouter();
  const [only] = chosen.length === 1 ? chosen : [];
  const may = (permission: ExportAnswer["permissions"][number]) =>
    only?.permissions.includes(permission) === true;
  const mayScheduleAll =
    chosen.length > 0 && chosen.every(({ permissions }) => permissions.includes("edit"));
  return (
    <ButtonDropdown
      disabled={chosen.length === 0}
      items={[
        { id: "run", text: words.actions.run, disabled: !may("run") },
        { id: "schedule", text: words.actions.schedule, disabled: !mayScheduleAll },
        { id: "edit", text: words.actions.edit, disabled: !may("edit") },
        { id: "duplicate", text: words.actions.duplicate, disabled: !may("edit") },
        { id: "delete", text: words.actions.delete, disabled: !may("delete") },
      ]}
      onItemClick={({ detail }) => {
        switch (detail.id) {
          case "run":
          case "schedule":
          case "delete":
            onOpen(detail.id);
            break;
          case "edit":
            history.push(`/exports/${only?.exportId ?? ""}/edit`);
            break;
          case "duplicate":
            history.push(`/exports/new?from=${only?.exportId ?? ""}`);
        }
      }}
    >
      {words.actions.label}
    </ButtonDropdown>
  );
}
