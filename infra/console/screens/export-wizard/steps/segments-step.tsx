import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useApi } from "../../../api/api-provider";
import { segmentsQuery, type SegmentSummary } from "../../../api/queries/segments";
import { useFormats, useTexts } from "../../../texts/language";
import { FailureAlert } from "../../../parts/loading/failure-alert";
import type { DescribedSegments } from "../described-segments";
import type { StepProps } from "./step-props";

interface SegmentsStepProps extends StepProps {
  readonly described: DescribedSegments;
  /** Profiles that the connection takes a run, where the viewer is told. */
  readonly profileLimit: number | undefined;
}

/** Whose members are exported; of those that are chosen, how many members they have. */
export function SegmentsStep({
  form,
  change,
  faultOf,
  described,
  profileLimit,
}: SegmentsStepProps) {
  const texts = useTexts();
  const said = texts.wizard.segments;
  const formats = useFormats();
  const [filter, setFilter] = useState("");
  const search = useDeferredValue(filter.trim());
  const segments = useQuery(
    segmentsQuery(useApi(), {
      limit: 100,
      sort: "name",
      ...(search === "" ? {} : { search }),
    }),
  );
  const items = segments.data?.items ?? [];
  const chosen = new Set(form.segments);
  const over = described.found.filter(
    ({ members = 0 }) => profileLimit !== undefined && members > profileLimit,
  );
  if (segments.isError && segments.data === undefined) {
    return <FailureAlert error={segments.error} onRetry={() => segments.refetch()} />;
  }
  return (
    <SpaceBetween size="l">
      {over.length > 0 && profileLimit !== undefined ? (
        <Alert type="warning" header={said.overLimit}>
          {said.overLimitText(
            formats.list(over.map(({ name }) => name)),
            formats.number(profileLimit),
          )}
        </Alert>
      ) : null}
      {/* Without a label: it would be the name of each checkbox in the table. The step's heading says it. */}
      <FormField stretch errorText={faultOf("segments")}>
        <SpaceBetween size="s">
          {form.segments.length === 0 ? null : (
            <TokenGroup
              items={form.segments.map((name) => {
                const found = described.found.find((each) => each.name === name);
                return {
                  label: name,
                  ...(found === undefined
                    ? {
                        description: described.failed.has(name)
                          ? (described.failed.get(name) ?? said.failed)
                          : said.reading,
                      }
                    : {
                        description:
                          found.members === undefined
                            ? said.unknownMembers
                            : `${formats.number(found.members)} ${said.members}`,
                      }),
                  dismissLabel: said.remove(name),
                };
              })}
              onDismiss={({ detail: { itemIndex } }) =>
                change({ segments: form.segments.filter((_, index) => index !== itemIndex) })
              }
            />
          )}
          <Table<SegmentSummary>
            variant="embedded"
            items={items}
            trackBy="name"
            loading={segments.isPending}
            loadingText={texts.common.states.loading}
            selectionType="multi"
            contentDensity="compact"
            stickyHeader
            ariaLabels={{
              selectionGroupLabel: said.label,
              allItemsSelectionLabel: () => said.label,
              itemSelectionLabel: (_, { name }) => said.select(name),
              tableLabel: said.label,
            }}
            selectedItems={items.filter(({ name }) => chosen.has(name))}
            onSelectionChange={({ detail: { selectedItems } }) => {
              const shown = new Set(items.map(({ name }) => name));
              const picked = selectedItems.map(({ name }) => name);
              const kept = form.segments.filter(
                (name) => !shown.has(name) || picked.includes(name),
              );
              change({ segments: [...kept, ...picked.filter((name) => !kept.includes(name))] });
            }}
            header={
              <Header
                variant="h2"
                description={segments.data?.next === undefined ? undefined : said.more}
              >
                {said.chosen(form.segments.length)}
              </Header>
            }
            filter={
              <TextFilter
                filteringText={filter}
                filteringPlaceholder={said.filter}
                filteringAriaLabel={said.filter}
                onChange={({ detail: { filteringText } }) => setFilter(filteringText)}
              />
            }
            columnDefinitions={[
              {
                id: "name",
                header: said.name,
                isRowHeader: true,
                cell: ({ name }) => name,
              },
              { id: "source", header: said.source, cell: ({ source }) => source },
              {
                id: "refreshed",
                header: said.refreshed,
                cell: ({ refreshedAt }) => formats.instant(refreshedAt),
              },
              { id: "size", header: said.size, cell: ({ bytes }) => formats.bytes(bytes) },
              {
                id: "members",
                header: said.members,
                cell: ({ name }) => {
                  if (!chosen.has(name)) {
                    return "–";
                  }
                  const found = described.found.find((each) => each.name === name);
                  if (found?.members !== undefined) {
                    return formats.number(found.members);
                  }
                  return found === undefined && !described.failed.has(name) ? (
                    <StatusIndicator type="loading">{said.reading}</StatusIndicator>
                  ) : (
                    "–"
                  );
                },
              },
            ]}
            empty={
              <SpaceBetween size="xxs">
                <Box variant="strong">
                  {search === "" ? said.none : texts.common.states.noneMatch}
                </Box>
                <Box color="text-body-secondary">
                  {search === "" ? said.noneHint : texts.common.states.noneMatchHint}
                </Box>
              </SpaceBetween>
            }
          />
        </SpaceBetween>
      </FormField>
    </SpaceBetween>
  );
}
