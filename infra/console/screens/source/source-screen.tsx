import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import { sourceQuery, type SourceAnswer } from "../../api/queries/sources";
import { useFlash } from "../../app/flashes";
import { CommandLine } from "../../parts/command-line";
import { ConfirmDialog } from "../../parts/confirm-dialog";
import { Awaited } from "../../parts/loading/awaited";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { Instant } from "../../parts/instant";
import { RouteLink } from "../../parts/route-link";
import { SourceStateIndicator } from "./source-state";
import { ToldProblem } from "../../parts/loading/told-problem";
import { useFormats, useTexts } from "../../texts/language";
import { placeLine } from "./place-line";
import { ReplaceCredentialDialog } from "./replace-credential-dialog";

const route = getRouteApi("/sources/$sourceId");

/** A source: whether it can be read, what is in it, and what lets in. */
export function SourceScreen() {
  const { sourceId } = route.useParams();
  const shown = useQuery(sourceQuery(useApi(), sourceId));
  return <Awaited query={shown}>{(its) => <SourceView its={its} />}</Awaited>;
}

function SourceView({ its }: { readonly its: SourceAnswer }) {
  const { sources: words, common } = useTexts();
  const navigate = route.useNavigate();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<"credential" | "removal" | undefined>();
  const check = useMutation({
    mutationFn: () => api.verifySource({ path: { sourceId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sources"] }),
  });
  const { sourceId, displayName, builtIn, place } = its;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            !builtIn && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button loading={check.isPending} onClick={() => check.mutate()}>
                  {words.verify}
                </Button>
                {place.kind === "azure" && (
                  <Button onClick={() => setDialog("credential")}>{words.replaceCredential}</Button>
                )}
                <Button onClick={() => setDialog("removal")}>{common.actions.delete}</Button>
              </SpaceBetween>
            )
          }
        >
          {displayName}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {check.isError && <FailureAlert error={check.error} />}
        {its.problem !== undefined && <ToldProblem type="error" problem={its.problem} />}
        <Overview its={its} />
        {!builtIn && <Tables its={its} />}
        <CommandLine command={`sources get ${sourceId}`} />
      </SpaceBetween>
      {dialog === "credential" && (
        <ReplaceCredentialDialog its={its} onDismiss={() => setDialog(undefined)} />
      )}
      {dialog === "removal" && (
        <ConfirmDialog
          title={words.deleteTitle(displayName)}
          text={words.deleteText}
          confirm={common.actions.delete}
          close={() => setDialog(undefined)}
          act={async () => {
            await api.deleteSource({ path: { sourceId } });
            await navigate({ to: "/sources" });
            flash({ type: "success", text: words.deleted(displayName) });
            await queries.invalidateQueries({ queryKey: ["sources"] });
          }}
        />
      )}
    </ContentLayout>
  );
}

function Overview({ its }: { readonly its: SourceAnswer }) {
  const { sources: words } = useTexts();
  const { kind, expiresAt, tenantId, clientId } = its.credential;
  return (
    <Container header={<Header variant="h2">{words.overview}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: words.columns.state, value: <SourceStateIndicator state={its.state} /> },
          { label: words.checked, value: <Instant at={its.stateFoundAt} /> },
          { label: words.columns.refreshedAt, value: <Instant at={its.refreshedAt} /> },
          { label: words.columns.place, value: placeLine(its.place) },
          { label: words.columns.id, value: its.sourceId },
          { label: words.credential.label, value: words.credential.kinds[kind] },
          ...(expiresAt === undefined
            ? []
            : [{ label: words.credential.expiresAt, value: <Instant at={expiresAt} /> }]),
          ...(tenantId === undefined
            ? []
            : [{ label: words.credential.tenantId, value: tenantId }]),
          ...(clientId === undefined
            ? []
            : [{ label: words.credential.clientId, value: clientId }]),
        ]}
      />
    </Container>
  );
}

/** The segments that were found, and the tables that can't be exported. */
function Tables({
  its: { sourceId, tables = [], tableCount, refused = [] },
}: {
  its: SourceAnswer;
}) {
  const { sources: words } = useTexts();
  const formats = useFormats();
  return (
    <>
      <Table
        variant="container"
        header={
          <Header
            variant="h2"
            counter={tableCount === undefined ? undefined : `(${formats.number(tableCount)})`}
          >
            {words.columns.segments}
          </Header>
        }
        ariaLabels={{ tableLabel: words.columns.segments }}
        items={tables}
        trackBy="name"
        empty={words.noTables}
        columnDefinitions={[
          {
            id: "name",
            header: words.segment,
            isRowHeader: true,
            cell: ({ name }) => {
              const segment = `${sourceId}:${name}`;
              return (
                <RouteLink href={`/segments/${encodeURIComponent(segment)}`}>{segment}</RouteLink>
              );
            },
          },
          { id: "fields", header: words.fields, cell: ({ fields }) => formats.number(fields) },
        ]}
      />
      {refused.length > 0 && (
        <Table
          variant="container"
          header={<Header variant="h2">{words.refused}</Header>}
          ariaLabels={{ tableLabel: words.refused }}
          items={refused}
          columnDefinitions={[
            { id: "name", header: words.table, isRowHeader: true, cell: ({ name }) => name },
            {
              id: "reason",
              header: words.reason,
              cell: ({ reason }) => <span lang="en">{reason}</span>,
            },
          ]}
        />
      )}
    </>
  );
}
