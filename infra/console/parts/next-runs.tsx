import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useFormats, useTexts } from "../texts/language";

/** Instants to come, in the viewer's time and, where it is another, in the schedule's. */
export function NextRuns({
  instants,
  timeZone,
}: {
  readonly instants: readonly string[];
  readonly timeZone: string;
}) {
  const said = useTexts().wizard.schedule;
  const formats = useFormats();
  const columns = [
    {
      id: "own",
      header: said.yours,
      cell: (instant: string) => formats.instant(instant),
    },
    {
      id: "zone",
      header: said.zones(timeZone),
      cell: (instant: string) => formats.instant(instant, timeZone),
    },
  ];
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      items={instants}
      ariaLabels={{ tableLabel: said.next }}
      header={<Header variant="h2">{said.next}</Header>}
      columnDefinitions={timeZone === formats.timeZone ? columns.slice(0, 1) : columns}
    />
  );
}
