import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { PreviewAnswer } from "../../api/queries/previews";
import { useTexts } from "../../texts/language";

/** What would change of profiles on the list, field by field. */
export function PreviewChanges({ preview: { changes = [] } }: { readonly preview: PreviewAnswer }) {
  const said = useTexts().preview.changes;
  const items = changes.flatMap(({ email, fields }) =>
    fields.map((field) => ({ email, ...field, id: `${email} ${field.attribute}` })),
  );
  return items.length === 0 ? null : (
    <Table
      items={items}
      trackBy="id"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: said.title }}
      header={<Header variant="h2">{said.title}</Header>}
      columnDefinitions={[
        { id: "email", header: said.email, isRowHeader: true, cell: ({ email }) => email },
        { id: "attribute", header: said.attribute, cell: ({ attribute }) => attribute },
        { id: "before", header: said.before, cell: ({ before }) => textOf(before) },
        { id: "after", header: said.after, cell: ({ after }) => textOf(after) },
      ]}
    />
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return "–";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
