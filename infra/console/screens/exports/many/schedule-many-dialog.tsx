import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../../api/api-provider";
import type { ExportAnswer } from "../../../api/queries/exports";
import { useFlash } from "../../../app/flashes";
import { ConfirmDialog } from "../../../parts/confirm-dialog";
import { RecurrenceFields } from "../../../parts/recurrence/recurrence-fields";
import type { TypedRecurrence } from "../../../parts/recurrence/typed-recurrence";
import { useFormats, useTexts } from "../../../texts/language";
import { bodyOf, scheduleChanges, type ScheduleChange } from "./schedule-change";

/** Sets when several exports run by themselves. */
export function ScheduleManyDialog({
  exports: chosen,
  onDismiss,
}: {
  readonly exports: readonly ExportAnswer[];
  readonly onDismiss: () => void;
}) {
  const { exports: words } = useTexts();
  const { timeZone } = useFormats();
  const api = useApi();
  const queries = useQueryClient();
  const flash = useFlash();
  const [change, setChange] = useState<ScheduleChange>("switchOn");
  const [typed, setTyped] = useState<TypedRecurrence>(() => ({
    ...{ frequency: "daily", days: [], times: ["06:00"], timeZone },
  }));
  const [isTried, setTried] = useState(false);
  const checked = bodyOf(
    chosen.map(({ exportId }) => exportId),
    change,
    typed,
  );
  return (
    <ConfirmDialog
      title={words.scheduleMany.title(chosen.length)}
      text={
        <SpaceBetween size="l">
          <FormField label={words.scheduleMany.change}>
            <RadioGroup
              value={change}
              items={scheduleChanges.map((value) => ({
                value,
                label: words.scheduleMany.changes[value],
              }))}
              onChange={({ detail }) =>
                setChange(scheduleChanges.find((one) => one === detail.value) ?? change)
              }
            />
          </FormField>
          {change === "own" && (
            <RecurrenceFields
              typed={typed}
              disabled={false}
              faults={isTried && checked.kind === "faulty" ? checked.faults : {}}
              onChange={setTyped}
            />
          )}
        </SpaceBetween>
      }
      confirm={words.scheduleMany.confirm}
      close={onDismiss}
      act={async () => {
        setTried(true);
        if (checked.kind === "faulty") {
          return;
        }
        const { items } = await api.scheduleExports({ body: checked.body });
        onDismiss();
        flash({ type: "success", text: words.scheduleMany.done(items.length) });
        await queries.invalidateQueries({ queryKey: ["exports"] });
      }}
    />
  );
}
