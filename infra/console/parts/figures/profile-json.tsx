import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useTexts } from "../../texts/language";
import "./profile-json.css";

/** A profile as it is sent, laid out for reading. @param json one JSON text */
export function ProfileJson({ json, label }: { readonly json: string; readonly label: string }) {
  const { actions } = useTexts().common;
  const text = laidOut(json);
  return (
    <div className="profile-json">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <div className="profile-json-copy">
        <CopyToClipboard
          variant="icon"
          copyButtonAriaLabel={`${actions.copy}: ${label}`}
          copySuccessText={actions.copied}
          copyErrorText={actions.copy}
          textToCopy={text}
        />
      </div>
    </div>
  );
}

function laidOut(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
