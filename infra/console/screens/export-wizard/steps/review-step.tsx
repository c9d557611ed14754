import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useApi, useMay } from "../../../api/api-provider";
import { segmentRowsQuery } from "../../../api/queries/segments";
import { ProfileJson } from "../../../parts/figures/profile-json";
import { useFormats, useTexts } from "../../../texts/language";
import type { DescribedSegments } from "../described-segments";
import { mappingOf } from "../form/export-form";
import type { Step } from "../form/faults";
import { outgoingOf } from "../mapping/sample";
import { usePhoneReader } from "../mapping/outgoing-panel";
import type { StepProps } from "./step-props";

interface ReviewStepProps extends StepProps {
  readonly described: DescribedSegments;
  readonly connectionName: string | undefined;
  readonly goTo: (step: Step) => void;
  readonly previewAfter: boolean;
  readonly setPreviewAfter: (preview: boolean) => void;
}

/** So many profiles are shown as they will be sent. */
const PROFILES = 10;

/** A name, all that will be saved with the way back to each step, and the first profiles as they will be sent. */
export function ReviewStep(props: ReviewStepProps) {
  const { form, change, faultOf, connectionName, goTo, previewAfter, setPreviewAfter } = props;
  const texts = useTexts();
  const { review, steps, delivery, schedule, nothingStarts, notThere } = texts.wizard;
  const formats = useFormats();
  const part = (step: Step, value: string) => ({
    label: steps[step].title,
    value: (
      <SpaceBetween direction="horizontal" size="xs">
        <span>{value}</span>
        <Button
          variant="inline-link"
          ariaLabel={review.change(steps[step].title)}
          onClick={() => goTo(step)}
        >
          {texts.common.actions.edit}
        </Button>
      </SpaceBetween>
    ),
  });
  return (
    <SpaceBetween size="l">
      <Alert type="info">{nothingStarts}</Alert>
      <Container>
        <SpaceBetween size="l">
          <FormField label={review.name} errorText={faultOf("displayName")}>
            <Input
              value={form.displayName}
              placeholder={form.segments.join(", ")}
              onChange={({ detail: { value } }) => change({ displayName: value })}
            />
          </FormField>
          <Checkbox
            checked={previewAfter}
            description={review.previewHint}
            onChange={({ detail: { checked } }) => setPreviewAfter(checked)}
          >
            {review.preview}
          </Checkbox>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{review.settings}</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            part("connection", connectionName ?? notThere),
            part("list", form.listName === "" ? form.listId || notThere : form.listName),
            part("segments", formats.list(form.segments) || notThere),
            part("mapping", `${form.email || notThere}, ${review.mapped(form.lines.length)}`),
            part(
              "delivery",
              `${delivery.syncModes[form.syncMode]}, ${delivery.subscriptions[form.subscription]}`,
            ),
            part("schedule", schedule.modes[form.scheduleMode]),
          ]}
        />
      </Container>
      <FirstProfiles {...props} />
    </SpaceBetween>
  );
}

function FirstProfiles({ form, described }: ReviewStepProps) {
  const { wizard } = useTexts();
  const may = useMay();
  const [first] = described.found;
  const shows = may("viewSegmentRows") !== undefined;
  const rows = useQuery({
    ...segmentRowsQuery(useApi(), first?.name ?? ""),
    enabled: shows && first !== undefined,
  });
  const readPhone = usePhoneReader();
  if (!shows) {
    return <Box color="text-body-secondary">{wizard.mapping.hidden}</Box>;
  }
  if (first === undefined || rows.data === undefined || readPhone === undefined) {
    return null;
  }
  const { data } = rows;
  const mapping = mappingOf(form);
  const profiles = data.rows.flatMap((_, row) => {
    const json = outgoingOf(mapping, first, data, row, readPhone)?.json;
    return json === undefined ? [] : [json];
  });
  return profiles.length === 0 ? null : (
    <Container
      header={
        <Header variant="h2" description={wizard.mapping.outgoingHint}>
          {wizard.review.sample}
        </Header>
      }
    >
      <ProfileJson
        label={wizard.review.sample}
        json={`[${profiles.slice(0, PROFILES).join(",")}]`}
      />
    </Container>
  );
}
