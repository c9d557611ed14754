import Modal from "@cloudscape-design/components/modal";
import Table from "@cloudscape-design/components/table";
import type { AuditEntry } from "../../api/queries/audit";
import { useFormats, useTexts } from "../../texts/language";
import { recordedChanges } from "./recorded-changes";

/** What an entry recorded before and after, where they differ. */
export function ChangesDialog({
  entry,
  onDismiss,
}: {
  readonly entry: AuditEntry;
  readonly onDismiss: () => void;
}) {
  const { audit: texts } = useTexts();
  const { instant } = useFormats();
  return (
    <Modal
      visible
      size="large"
      onDismiss={onDismiss}
      header={texts.changesOf(entry.action, instant(entry.at))}
    >
      <Table
        variant="embedded"
        wrapLines
        items={recordedChanges(entry)}
        trackBy="name"
        empty={texts.noChanges}
        columnDefinitions={[
          {
            id: "name",
            header: texts.setting,
            isRowHeader: true,
            cell: ({ name }) => <code>{name}</code>,
          },
          { id: "before", header: texts.before, cell: ({ before }) => before ?? "–" },
          { id: "after", header: texts.after, cell: ({ after }) => after ?? "–" },
        ]}
      />
    </Modal>
  );
}
