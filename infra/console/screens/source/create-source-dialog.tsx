import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod";
import { displayNameSchema } from "../../../../shared/domain/connections/connection";
import { exportPlaceSchema } from "../../../../shared/domain/sources/source";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { FormDialog } from "../../parts/form-dialog";
import { useTexts } from "../../texts/language";
import { CredentialFields } from "./credential-fields";
import { nothingTyped, readTyped } from "./typed-credential";

const sourceSchema = z.object({ displayName: displayNameSchema, place: exportPlaceSchema });
const placeFields = {
  azure: ["account", "container", "folder"],
  s3: ["bucket", "folder"],
} as const;

/** Adds an export folder as a source; the API reads it before it does. */
export function CreateSourceDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { sources: words } = useTexts();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const [displayName, setDisplayName] = useState("");
  const [kind, setKind] = useState<keyof typeof placeFields>("azure");
  const [typed, setTyped] = useState({ account: "", container: "", bucket: "", folder: "" });
  const [letsIn, setLetsIn] = useState(nothingTyped);
  const [isTried, setTried] = useState(false);
  const [idempotencyKey] = useState(() => window.crypto.randomUUID());
  const place = Object.fromEntries(placeFields[kind].map((field) => [field, typed[field].trim()]));
  const source = sourceSchema.safeParse({ displayName, place: { kind, ...place } });
  const read = readTyped(letsIn);
  const wrong = new Set(
    isTried && !source.success ? source.error.issues.map(({ path }) => String(path.at(-1))) : [],
  );
  const creation = useMutation({
    mutationFn: (body: Parameters<typeof api.createSource>[0]["body"]) =>
      api.createSource({ body, idempotencyKey }),
    onSuccess: async (made) => {
      flash({ type: "success", text: words.created(made.displayName, made.tableCount ?? 0) });
      onDismiss();
      await queries.invalidateQueries({ queryKey: ["sources"] });
      await queries.invalidateQueries({ queryKey: ["segments"] });
    },
  });
  const submit = () => {
    setTried(true);
    if (source.success && kind === "s3") {
      creation.mutate({ ...source.data, credential: { kind: "none" } });
    } else if (source.success && read.ok) {
      creation.mutate({ ...source.data, credential: read.credential });
    }
  };
  return (
    <FormDialog header={words.create} sending={creation} onSubmit={submit} onDismiss={onDismiss}>
      <FormField
        label={words.columns.name}
        errorText={wrong.has("displayName") ? words.nameMissing : ""}
      >
        <Input value={displayName} onChange={({ detail }) => setDisplayName(detail.value)} />
      </FormField>
      <FormField label={words.placeLabel}>
        <RadioGroup
          value={kind}
          items={[
            { value: "azure", label: words.places.azure },
            { value: "s3", label: words.places.s3, description: words.places.s3Hint },
          ]}
          onChange={({ detail }) => setKind(detail.value === "s3" ? "s3" : "azure")}
        />
      </FormField>
      {placeFields[kind].map((field) => (
        <FormField
          key={field}
          label={words.placeFields[field]}
          errorText={wrong.has(field) ? words.placeFaults[field] : ""}
        >
          <Input
            value={typed[field]}
            onChange={({ detail }) => setTyped({ ...typed, [field]: detail.value })}
          />
        </FormField>
      ))}
      {kind === "azure" && (
        <CredentialFields
          value={letsIn}
          wrong={isTried && !read.ok ? read.wrong : new Set()}
          onChange={setLetsIn}
        />
      )}
    </FormDialog>
  );
}
