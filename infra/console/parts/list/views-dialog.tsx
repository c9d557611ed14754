import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useRef, useState } from "react";
import { useTexts } from "../../texts/language";
import { RouteLink } from "../route-link";
import type { useSavedViews } from "./saved-views";

/** Saves what a list shows now under a name, and takes away what was saved. */
export function ViewsDialog({
  saved,
  address,
  search,
  onDismiss,
}: {
  readonly saved: ReturnType<typeof useSavedViews>;
  readonly address: string;
  readonly search: string;
  readonly onDismiss: () => void;
}) {
  const { views: words, actions } = useTexts().common;
  const [name, setName] = useState("");
  const [isMissing, setMissing] = useState(false);
  const field = useRef<InputProps.Ref>(null);
  const replaces = saved.views.some((view) => view.name === name.trim());
  const save = () => {
    const wanted = name.trim();
    setMissing(wanted === "");
    if (wanted === "") {
      field.current?.focus();
      return;
    }
    saved.save({ name: wanted, search });
    onDismiss();
  };
  return (
    <Modal visible header={words.label} closeAriaLabel={actions.close} onDismiss={onDismiss}>
      <SpaceBetween size="l">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <FormField
            label={words.name}
            description={words.hint}
            constraintText={replaces ? words.replaces : ""}
            errorText={isMissing ? words.missing : saved.isFull && !replaces ? words.full : ""}
            secondaryControl={
              <Button variant="primary" formAction="submit" disabled={saved.isFull && !replaces}>
                {actions.save}
              </Button>
            }
          >
            <Input
              ref={field}
              value={name}
              onChange={({ detail }) => setName(detail.value.slice(0, 60))}
            />
          </FormField>
        </form>
        <CopyToClipboard
          copyButtonText={words.copy}
          copySuccessText={actions.copied}
          copyErrorText={words.notCopied}
          textToCopy={`${window.location.origin}${address}${search}`}
        />
        {saved.views.length > 0 && (
          <Table
            variant="embedded"
            contentDensity="compact"
            items={saved.views}
            trackBy="name"
            ariaLabels={{ tableLabel: words.saved }}
            header={<Box variant="h3">{words.saved}</Box>}
            columnDefinitions={[
              {
                id: "name",
                header: words.name,
                isRowHeader: true,
                cell: (view) => (
                  <RouteLink href={`${address}${view.search}`}>{view.name}</RouteLink>
                ),
              },
              {
                id: "remove",
                header: actions.delete,
                cell: (view) => (
                  <Button
                    variant="inline-icon"
                    iconName="remove"
                    ariaLabel={words.remove(view.name)}
                    onClick={() => saved.remove(view)}
                  />
                ),
              },
            ]}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
}
