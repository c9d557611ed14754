import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useApi } from "../../api/api-provider";
import { segmentRowsQuery } from "../../api/queries/segments";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";

/** A segment's first rows. They are people's data, so they are loaded only when somebody asks for them. */
export function FirstRows({ segment }: { readonly segment: string }) {
  const { segments: words } = useTexts();
  const [isAsked, setAsked] = useState(false);
  // What stays tells which part the button was in that had the focus: its heading gets it.
  return (
    <div>
      {isAsked ? (
        <LoadedRows segment={segment} />
      ) : (
        <Container
          header={
            <Heading actions={<Button onClick={() => setAsked(true)}>{words.showRows}</Button>} />
          }
        >
          <Box color="text-body-secondary">{words.rowsHidden}</Box>
        </Container>
      )}
    </div>
  );
}

function Heading({ actions }: { readonly actions?: ReactNode }) {
  const { segments: words, common } = useTexts();
  return (
    <Header variant="h2" description={common.personalDataHint} actions={actions}>
      {words.firstRows}
    </Header>
  );
}

/** A row as the table takes it. */
interface ShownRow {
  readonly cells: readonly (string | null)[];
  readonly index: number;
}

function LoadedRows({ segment }: { readonly segment: string }) {
  const { segments: words, common } = useTexts();
  const { data, error, isPending, refetch } = useQuery(segmentRowsQuery(useApi(), segment));
  if (error !== null) {
    return (
      <Container header={<Heading />}>
        <FailureAlert error={error} onRetry={() => refetch()} />
      </Container>
    );
  }
  return (
    <SpaceBetween size="s">
      {data?.cut === true && <Alert type="info">{words.cut}</Alert>}
      <Table<ShownRow>
        variant="container"
        loading={isPending}
        loadingText={common.states.loading}
        items={(data?.rows ?? []).map((cells, index) => ({ cells, index }))}
        trackBy={({ index }) => String(index)}
        header={<Heading />}
        columnDefinitions={(data?.fields ?? []).map((field, column) => ({
          id: `${column} ${field}`,
          header: field,
          cell: ({ cells }: ShownRow) => cells[column] ?? "",
        }))}
      />
    </SpaceBetween>
  );
}
