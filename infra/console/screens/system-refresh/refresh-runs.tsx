import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { SystemScheduleAnswer } from "../../api/queries/schedules";
import { useFormats, useTexts } from "../../texts/language";

/** When the refresh is due next, in the viewer's time and in its own, and what becomes of it when clocks change. */
export function RefreshRuns({ schedule }: { readonly schedule: SystemScheduleAnswer }) {
  const { systemRefresh: texts } = useTexts();
  const { instant, timeZone } = useFormats();
  const { active, onRefresh, recurrence, nextRuns } = schedule;
  const zone = recurrence?.timeZone ?? "UTC";
  return (
    <Table
      variant="container"
      header={<Header variant="h2">{texts.next}</Header>}
      items={nextRuns}
      empty={active && onRefresh !== undefined ? texts.nextOnRefresh : texts.nextNone}
      {...(nextRuns.length > 0
        ? { footer: <Box variant="small">{texts.daylightSaving(zone)}</Box> }
        : {})}
      columnDefinitions={[
        {
          id: "own",
          header: texts.yours,
          isRowHeader: true,
          cell: (at) => instant(at),
        },
        ...(zone === timeZone
          ? []
          : [{ id: "zone", header: texts.zones(zone), cell: (at: string) => instant(at, zone) }]),
      ]}
    />
  );
}
