import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { openQuestions } from "../../../../../shared/domain/exports/mapping-questions";
import { useApi, useMay } from "../../../api/api-provider";
import { segmentRowsQuery } from "../../../api/queries/segments";
import { useFormats, useTexts } from "../../../texts/language";
import type { DescribedSegments } from "../described-segments";
import { mappingOf, type FormLine } from "../form/export-form";
import { AddFields } from "../mapping/add-fields";
import { proposedLines } from "../mapping/lines";
import { MappingLines, useFieldOptions } from "../mapping/mapping-lines";
import { OutgoingPanel } from "../mapping/outgoing-panel";
import { MappingQuestions } from "../mapping/questions";
import { firstSendable, sampleOf, sharedFields, type SampleRows } from "../mapping/sample";
import type { StepProps } from "./step-props";

const NO_ROWS: SampleRows = { fields: [], rows: [] };

/** Which field of the segments fills which of Klaviyo's, with samples and what is sent beside it. */
export function MappingStep({
  form,
  change,
  faultOf,
  described,
}: StepProps & { readonly described: DescribedSegments }) {
  const texts = useTexts();
  const said = texts.wizard.mapping;
  const formats = useFormats();
  const may = useMay();
  const api = useApi();
  const [chosenRow, setRow] = useState<number>();
  const [first] = described.found;
  const shows = may("viewSegmentRows") !== undefined;
  const rows = useQuery({
    ...segmentRowsQuery(api, first?.name ?? ""),
    enabled: shows && first !== undefined,
  });
  const sample = rows.data ?? NO_ROWS;
  const row = chosenRow ?? firstSendable(sample, form.email);
  const fields = sharedFields(described.found);
  const sampleFor = (field: string) => sampleOf(sample, row, field);
  const options = useFieldOptions(fields, sampleFor);
  if (first === undefined) {
    return described.pending ? (
      <StatusIndicator type="loading">{texts.wizard.segments.reading}</StatusIndicator>
    ) : (
      <Alert type="error" header={texts.wizard.segments.failed}>
        {[...described.failed.values()].join(" ")}
      </Alert>
    );
  }
  const setLines = (lines: FormLine[]) => change({ lines });
  const proposed = proposedLines(form, first.suggestedMapping ?? {}, fields);
  const proposals = proposed.length - form.lines.length;
  const there = new Set(fields.map(({ name }) => name));
  const missing = [form.email, ...form.lines.map(({ field }) => field)].filter(
    (field) => field !== "" && !there.has(field) && !described.pending,
  );
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 7 } }, { colspan: { default: 12, s: 5 } }]}>
      <SpaceBetween size="l">
        {missing.length > 0 ? (
          <Alert type="error" header={said.notSharedTitle}>
            {said.notShared(formats.list([...new Set(missing)]))}
          </Alert>
        ) : null}
        <Container>
          <FormField
            label={said.email}
            description={said.emailHint}
            errorText={faultOf("email")}
            constraintText={
              shows && form.email !== ""
                ? `${said.sample}: ${sampleFor(form.email) ?? said.noSample}`
                : undefined
            }
          >
            <Select
              filteringType="auto"
              filteringAriaLabel={said.filter}
              virtualScroll
              placeholder={said.choose}
              options={options.map((option) =>
                option.value === first.suggestedEmailField
                  ? { ...option, tags: [said.looksLikeIt] }
                  : option,
              )}
              selectedOption={form.email === "" ? null : { value: form.email, label: form.email }}
              onChange={({ detail: { selectedOption } }) =>
                change({ email: selectedOption.value ?? "" })
              }
            />
          </FormField>
        </Container>
        <MappingQuestions
          questions={openQuestions(mappingOf(form), described.found)}
          lines={form.lines}
          change={setLines}
        />
        <Container
          header={
            <Header
              variant="h2"
              actions={
                <Button disabled={proposals === 0} onClick={() => setLines(proposed)}>
                  {said.propose}
                </Button>
              }
              {...(proposals === 0 ? {} : { counter: `(+${proposals})` })}
            >
              {said.fields}
            </Header>
          }
        >
          <SpaceBetween size="s">
            {faultOf("lines") === undefined ? null : (
              <Box color="text-status-error">{faultOf("lines")}</Box>
            )}
            <MappingLines
              lines={form.lines}
              change={setLines}
              fields={fields}
              sample={sampleFor}
              samples={shows && rows.data !== undefined}
              faultOf={faultOf}
              add={<AddFields form={form} change={setLines} fields={fields} sample={sampleFor} />}
            />
          </SpaceBetween>
        </Container>
      </SpaceBetween>
      {shows ? (
        <OutgoingPanel
          mapping={mappingOf(form)}
          described={first}
          sample={sample}
          row={row}
          setRow={setRow}
        />
      ) : (
        <Box color="text-body-secondary">{said.hidden}</Box>
      )}
    </Grid>
  );
}
