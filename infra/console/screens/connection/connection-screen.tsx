import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import {
  connectionQuery,
  type ConnectionDetails,
  type ShownConnection,
} from "../../api/queries/connections";
import { Awaited } from "../../parts/loading/awaited";
import { argumentOf, CommandLine } from "../../parts/command-line";
import { ConnectionStateIndicator } from "../../parts/connection-state";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { Instant } from "../../parts/instant";
import { ToldProblem } from "../../parts/loading/told-problem";
import { useFormats, useTexts } from "../../texts/language";
import { ReplaceKeyDialog } from "./replace-key-dialog";

const route = getRouteApi("/connections/$connectionId");

/** A connection's page. */
export function ConnectionScreen() {
  const { connectionId } = route.useParams();
  const its = useQuery(connectionQuery(useApi(), connectionId));
  return (
    <Awaited query={its}>{(shown) => <ConnectionView key={connectionId} shown={shown} />}</Awaited>
  );
}

/** A connection: whether it works, to which account it leads, and what lets it in. */
function ConnectionView({ shown }: { readonly shown: ShownConnection }) {
  const { connections: words } = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const [isReplacing, setReplacing] = useState(false);
  const { connectionId, displayName, permissions } = shown;
  const check = useMutation({
    mutationFn: () => api.verifyConnection({ path: { connectionId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["connections"] }),
  });
  const may = (permission: (typeof permissions)[number]) => permissions.includes(permission);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {may("verify") && (
                <Button loading={check.isPending} onClick={() => check.mutate()}>
                  {words.verify}
                </Button>
              )}
              {may("replaceKey") && (
                <Button onClick={() => setReplacing(true)}>{words.replaceKey}</Button>
              )}
            </SpaceBetween>
          }
        >
          {displayName}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {check.isError && <FailureAlert error={check.error} />}
        {"version" in shown && <Details its={shown} />}
        <CommandLine command={`connections get ${argumentOf(displayName)}`} />
      </SpaceBetween>
      {isReplacing && (
        <ReplaceKeyDialog connectionId={connectionId} onDismiss={() => setReplacing(false)} />
      )}
    </ContentLayout>
  );
}

function Details({ its }: { readonly its: ConnectionDetails }) {
  const { connections: words } = useTexts();
  const formats = useFormats();
  return (
    <>
      {its.problem !== undefined && <ToldProblem type="error" problem={its.problem} />}
      <Container header={<Header variant="h2">{words.overview}</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: words.columns.state,
              value: <ConnectionStateIndicator state={its.state} />,
            },
            { label: words.checked, value: <Instant at={its.stateFoundAt} /> },
            {
              label: words.columns.account,
              value: `${its.account.organizationName} (${its.account.id})`,
            },
            { label: words.wayIn.label, value: words.keySources[its.keySource] },
            { label: words.columns.sharing, value: words.sharing[its.sharing] },
            { label: words.profileLimit, value: formats.number(its.profileLimit) },
            { label: words.columns.lastUsedAt, value: <Instant at={its.lastUsedAt} /> },
            { label: words.retires, value: formats.day(its.revision.retiresOn) },
            { label: words.scopes, value: its.scopes.join(", ") },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">{words.consent}</Header>}>
        <SpaceBetween size="s">
          <Instant at={its.consent.agreedAt} />
          <span lang="en">{its.consent.wording}</span>
        </SpaceBetween>
      </Container>
    </>
  );
}
