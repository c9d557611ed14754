import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useCollection } from "@cloudscape-design/collection-hooks";
import { mappingLines, type MappingLine } from "../../../cli/configuration/mapping-fields";
import type { ExportAnswer } from "../../api/queries/exports";
import { useTexts } from "../../texts/language";

const PAGE_SIZE = 20;

/** Which field of the segments fills which of Klaviyo's; with many it can be searched. */
export function ExportMapping({ mapping }: Pick<ExportAnswer, "mapping">) {
  const texts = useTexts();
  const said = texts.exportPage.mapping;
  const lines = mappingLines(mapping);
  const { items, collectionProps, filterProps, paginationProps } = useCollection(lines, {
    filtering: { noMatch: texts.common.states.noneMatch },
    pagination: { pageSize: PAGE_SIZE },
    sorting: {},
  });
  return (
    <Table<MappingLine>
      {...collectionProps}
      items={items}
      trackBy="klaviyoField"
      contentDensity="compact"
      ariaLabels={{ tableLabel: said.title }}
      header={
        <Header variant="h2" counter={`(${lines.length})`}>
          {said.title}
        </Header>
      }
      {...(lines.length > PAGE_SIZE
        ? {
            filter: (
              <TextFilter
                {...filterProps}
                filteringPlaceholder={said.filter}
                filteringAriaLabel={said.filter}
              />
            ),
            pagination: <Pagination {...paginationProps} />,
          }
        : {})}
      columnDefinitions={[
        {
          id: "klaviyo",
          header: said.klaviyo,
          isRowHeader: true,
          sortingField: "klaviyoField",
          cell: ({ klaviyoField }) => (klaviyoField === "consent" ? said.consent : klaviyoField),
        },
        { id: "segment", header: said.segment, sortingField: "field", cell: ({ field }) => field },
        {
          id: "said",
          header: said.said,
          cell: ({ rules }) =>
            Object.entries(rules)
              .map(([name, rule]) => `${name}: ${String(rule)}`)
              .join(", ") || "–",
        },
      ]}
    />
  );
}
