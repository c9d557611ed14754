import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Cards, { type CardsProps } from "@cloudscape-design/components/cards";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi, useMay } from "../../../api/api-provider";
import { connectionsQuery, type ShownConnection } from "../../../api/queries/connections";
import { useFormats, useTexts } from "../../../texts/language";
import { tellProblem } from "../../../texts/told";
import { FailureAlert } from "../../../parts/loading/failure-alert";
import { CreateConnectionDialog } from "../../connection/create-connection-dialog";
import { toConnection } from "../form/export-form";
import { addressWithoutConnection } from "../search";
import type { StepProps } from "./step-props";

/** Which account the export goes to, with what the viewer may do with each. */
export function ConnectionStep({
  form,
  change,
  faultOf,
  onLeave,
}: StepProps & {
  /** That the person is sent to Klaviyo's page, and comes back. */
  readonly onLeave: () => void;
}) {
  const texts = useTexts();
  const said = texts.wizard.connection;
  const formats = useFormats();
  const may = useMay();
  const connections = useQuery(connectionsQuery(useApi(), { limit: 100, sort: "displayName" }));
  const items = (connections.data?.items ?? []).filter(({ permissions }) =>
    permissions.includes("use"),
  );
  const sections: CardsProps.SectionDefinition<ShownConnection>[] = [
    {
      id: "state",
      header: said.state,
      content: (connection) =>
        "state" in connection ? (
          <StatusIndicator
            type={
              connection.state === "working"
                ? "success"
                : connection.state === "neverUsed"
                  ? "info"
                  : "warning"
            }
          >
            {connection.state === "working" || connection.state === "neverUsed"
              ? said.states[connection.state]
              : connection.problem === undefined
                ? said.states.attention
                : tellProblem(texts.told, connection.problem).text}
          </StatusIndicator>
        ) : undefined,
    },
    {
      id: "account",
      header: said.account,
      content: (connection) =>
        "account" in connection ? connection.account.organizationName : undefined,
    },
    {
      id: "limit",
      header: said.limit,
      content: (connection) =>
        "profileLimit" in connection
          ? said.limitValue(formats.number(connection.profileLimit))
          : undefined,
    },
    {
      id: "permissions",
      header: said.permissions,
      content: ({ permissions }) =>
        formats.list(permissions.map((permission) => said.permission[permission])),
    },
  ];
  const [isCreating, setCreating] = useState(false);
  const canCreate = may("createConnection") !== undefined;
  if (connections.isError && connections.data === undefined) {
    return <FailureAlert error={connections.error} onRetry={() => connections.refetch()} />;
  }
  return (
    <FormField label={said.label} stretch errorText={faultOf("connectionId")}>
      <Cards
        items={items}
        trackBy="connectionId"
        loading={connections.isPending}
        loadingText={texts.common.states.loading}
        selectionType="single"
        entireCardClickable
        ariaLabels={{
          selectionGroupLabel: said.label,
          itemSelectionLabel: (_, { displayName }) => displayName,
        }}
        selectedItems={items.filter(({ connectionId }) => connectionId === form.connectionId)}
        onSelectionChange={({ detail: { selectedItems } }) => {
          const [chosen] = selectedItems;
          if (chosen !== undefined && chosen.connectionId !== form.connectionId) {
            change(toConnection(form, chosen.connectionId));
          }
        }}
        cardsPerRow={[{ cards: 1 }, { minWidth: 600, cards: 2 }]}
        cardDefinition={{
          header: ({ displayName }) => displayName,
          sections: sections.filter(
            ({ id }) => id === "permissions" || items.some((connection) => "state" in connection),
          ),
        }}
        empty={
          <SpaceBetween size="s">
            <Box variant="strong">{said.none}</Box>
            <Box color="text-body-secondary">
              {canCreate ? said.noneAdministrator : said.noneOther}
            </Box>
          </SpaceBetween>
        }
      />
      {canCreate ? (
        <Box margin={{ top: "s" }}>
          <Button onClick={() => setCreating(true)}>{said.create}</Button>
        </Box>
      ) : null}
      {isCreating ? (
        <CreateConnectionDialog
          awayFrom={{ address: addressWithoutConnection(), onLeave }}
          onCreated={(connectionId) => change(toConnection(form, connectionId))}
          onDismiss={() => setCreating(false)}
        />
      ) : null}
    </FormField>
  );
}
