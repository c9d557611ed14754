import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { PreviewAnswer } from "../../api/queries/previews";
import { useTexts } from "../../texts/language";

/** How columns were found to be written, where that decides how their values are read. */
export function PreviewReadings({
  preview: { readings = [] },
}: {
  readonly preview: PreviewAnswer;
}) {
  const said = useTexts().preview.readings;
  const items = readings.flatMap(
    ({ field, decimal, dateOrder, countryCode, empty = [], unclear = [] }) => {
      const told = [
        ...(decimal === undefined ? [] : [said.decimal[decimal]]),
        ...(dateOrder === undefined ? [] : [said.dateOrder[dateOrder]]),
        ...(countryCode === undefined ? [] : [said.countryCode(countryCode)]),
        ...(empty.length === 0 ? [] : [said.empty(empty.join(", "))]),
        ...unclear.map((what) => said.unclear[what]),
      ];
      return told.length === 0 ? [] : [{ label: field, value: told.join(", ") }];
    },
  );
  return items.length === 0 ? null : (
    <Container header={<Header variant="h2">{said.title}</Header>}>
      <KeyValuePairs columns={3} items={items} />
    </Container>
  );
}
