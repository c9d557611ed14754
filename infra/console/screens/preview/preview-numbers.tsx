import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { PreviewAnswer } from "../../api/queries/previews";
import { StackedBar, type Tone } from "../../parts/figures/stacked-bar";
import { useFormats, useTexts } from "../../texts/language";

const parts = ["new", "changed", "unchanged", "tooLarge"] as const;
const tones: Readonly<Record<(typeof parts)[number], Tone>> = {
  ...{ new: "good", changed: "warn", unchanged: "calm", tooLarge: "bad" },
};

/** What would become of the members, who would leave, and how the members come from the rows. */
export function PreviewNumbers({ preview: { numbers } }: { readonly preview: PreviewAnswer }) {
  const said = useTexts().preview;
  const formats = useFormats();
  if (numbers === undefined) {
    return null;
  }
  const { rows, blank, invalid, duplicates, members } = numbers;
  const shown = [...parts, "leaving" as const].filter(
    (name) => (name !== "tooLarge" && name !== "leaving") || numbers[name] > 0,
  );
  return (
    <Container header={<Header variant="h2">{said.numbers.title}</Header>}>
      <SpaceBetween size="l">
        <ColumnLayout columns={shown.length > 4 ? 4 : shown.length} minColumnWidth={140}>
          {shown.map((name) => (
            <div key={name}>
              <Box variant="awsui-key-label">{said.numbers[name].name}</Box>
              <Box variant="awsui-value-large">{formats.number(numbers[name])}</Box>
              <Box color="text-body-secondary" fontSize="body-s">
                {said.numbers[name].meaning}
              </Box>
            </div>
          ))}
        </ColumnLayout>
        {members === 0 ? null : (
          <StackedBar
            legend
            parts={parts.map((name) => ({
              label: said.numbers[name].name,
              count: numbers[name],
              tone: tones[name],
              text: `${said.numbers[name].name}: ${formats.number(numbers[name])}`,
            }))}
          />
        )}
        <Box color="text-body-secondary">
          {said.account.sentence(
            formats.number(rows),
            formats.number(blank),
            formats.number(invalid),
            formats.number(duplicates),
            formats.number(members),
          )}
        </Box>
      </SpaceBetween>
    </Container>
  );
}
