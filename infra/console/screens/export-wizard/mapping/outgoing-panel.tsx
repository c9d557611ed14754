import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import type { PhoneReader } from "../../../../../shared/domain/profiles/profile-values";
import type { SegmentAnswer } from "../../../api/queries/segments";
import { ProfileJson } from "../../../parts/figures/profile-json";
import { useTexts } from "../../../texts/language";
import { outgoingOf, type SampleRows } from "./sample";

/** Numbering plans of all countries are large: they are loaded where a profile is shown. */
export function usePhoneReader(): PhoneReader | undefined {
  return useQuery({
    queryKey: ["code", "phone-numbers"],
    queryFn: async () =>
      (await import("../../../../../shared/adapters/phone-numbers")).readPhoneNumber,
    staleTime: Infinity,
  }).data;
}

interface OutgoingPanelProps {
  readonly mapping: object;
  readonly described: SegmentAnswer;
  readonly sample: SampleRows;
  readonly row: number;
  readonly setRow: (row: number) => void;
}

/** A row of the segment as Klaviyo would be sent it, while the mapping is being made. */
export function OutgoingPanel({ mapping, described, sample, row, setRow }: OutgoingPanelProps) {
  const texts = useTexts();
  const said = texts.wizard.mapping;
  const readPhone = usePhoneReader();
  const outgoing =
    readPhone === undefined ? undefined : outgoingOf(mapping, described, sample, row, readPhone);
  const rows = sample.rows.length;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={said.outgoingHint}
          actions={
            <SpaceBetween direction="horizontal" size="xxs">
              <Button
                iconName="angle-left"
                variant="icon"
                ariaLabel={said.previousRow}
                disabled={row === 0}
                onClick={() => setRow(row - 1)}
              />
              <Button
                iconName="angle-right"
                variant="icon"
                ariaLabel={said.nextRow}
                disabled={row >= rows - 1}
                onClick={() => setRow(row + 1)}
              />
            </SpaceBetween>
          }
        >
          {said.outgoing}
        </Header>
      }
    >
      {rows === 0 ? (
        <Box color="text-body-secondary">{said.noRows}</Box>
      ) : (
        <SpaceBetween size="s">
          <Box color="text-body-secondary" fontSize="body-s">
            {said.ofSegment} {described.name}, {said.row(row + 1, rows)}
          </Box>
          {readPhone === undefined ? (
            <StatusIndicator type="loading">{texts.common.states.loading}</StatusIndicator>
          ) : outgoing === undefined ? (
            <Box color="text-body-secondary">{said.notValid}</Box>
          ) : outgoing.json === undefined ? (
            <StatusIndicator type="warning">{said.rejected[outgoing.email]}</StatusIndicator>
          ) : (
            <ProfileJson json={outgoing.json} label={said.outgoing} />
          )}
          {outgoing?.dropped.map(({ attribute, reason }) => (
            <StatusIndicator key={attribute} type="warning">
              {said.dropped}: {attribute} ({reason})
            </StatusIndicator>
          ))}
        </SpaceBetween>
      )}
    </Container>
  );
}
