import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../../api/api-provider";
import { describeFailure } from "../../../api/failures";
import { exportsQuery } from "../../../api/queries/exports";
import { useFormats, useTexts } from "../../../texts/language";
import { CreateListDialog } from "./create-list-dialog";
import type { StepProps } from "./step-props";

interface ListStepProps extends StepProps {
  /** The export that is being edited, which may use its own list. */
  readonly exportId: string | undefined;
}

/** Which list the members are put on. */
export function ListStep({ form, change, faultOf, exportId }: ListStepProps) {
  const texts = useTexts();
  const said = texts.wizard.list;
  const formats = useFormats();
  const api = useApi();
  const [search, setSearch] = useState("");
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<string>();
  const { connectionId, listId, listName } = form;
  const lists = useInfiniteQuery({
    queryKey: ["connections", "lists", connectionId, search],
    queryFn: ({ pageParam, signal }) =>
      api.listKlaviyoLists({
        path: { connectionId },
        query: {
          limit: 100,
          ...(search.trim() === "" ? {} : { search: search.trim() }),
          ...(pageParam === "" ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    enabled: connectionId !== "",
  });
  const users = useQuery({
    ...exportsQuery(api, { listId, limit: 100 }),
    enabled: listId !== "",
  });
  const others = (users.data?.items ?? []).filter(
    (other) => other.exportId !== exportId && other.connectionId === connectionId,
  );
  const mirroring = others.filter(({ syncMode }) => syncMode === "mirror");
  const options = (lists.data?.pages ?? []).flatMap(({ items }) =>
    items.map(({ id, name }) => ({ value: id, label: name, description: id })),
  );
  const choose = (id: string, name: string) =>
    change({ listId: id, listName: name, ...(id === listId ? {} : { acknowledged: false }) });
  return (
    <SpaceBetween size="l">
      <FormField
        label={said.label}
        errorText={faultOf("listId")}
        secondaryControl={
          <Button disabled={connectionId === ""} onClick={() => setCreating(true)}>
            {said.create}
          </Button>
        }
      >
        <Select
          placeholder={said.placeholder}
          filteringType="manual"
          filteringPlaceholder={said.search}
          filteringAriaLabel={said.search}
          virtualScroll
          disabled={connectionId === ""}
          options={options}
          selectedOption={
            listId === "" ? null : { value: listId, label: listName === "" ? listId : listName }
          }
          statusType={
            lists.isError
              ? "error"
              : lists.isFetching
                ? "loading"
                : lists.hasNextPage
                  ? "pending"
                  : "finished"
          }
          loadingText={said.more}
          errorText={lists.isError ? describeFailure(lists.error, texts).text : said.failed}
          recoveryText={texts.common.actions.retry}
          empty={search.trim() === "" ? said.empty : said.noneMatch}
          onLoadItems={({ detail: { filteringText, firstPage, samePage } }) => {
            setSearch(filteringText);
            if (samePage) {
              void lists.refetch();
            } else if (!firstPage && lists.hasNextPage && !lists.isFetching) {
              void lists.fetchNextPage();
            }
          }}
          onChange={({ detail: { selectedOption } }) =>
            choose(selectedOption.value ?? "", selectedOption.label ?? "")
          }
        />
      </FormField>
      {created === undefined ? null : <Alert type="success">{said.created(created)}</Alert>}
      {mirroring.length > 0 ? (
        <Alert type="warning" header={said.mirrored}>
          {said.mirroredText(formats.list(mirroring.map(({ displayName }) => displayName)))}
        </Alert>
      ) : others.length > 0 ? (
        <Alert type="info" header={said.sharedTitle}>
          {said.shared(formats.list(others.map(({ displayName }) => displayName)))}
        </Alert>
      ) : null}
      {creating ? (
        <CreateListDialog
          connectionId={connectionId}
          close={() => setCreating(false)}
          created={({ id, name }) => {
            choose(id, name);
            setCreated(name);
            setCreating(false);
          }}
        />
      ) : null}
    </SpaceBetween>
  );
}
