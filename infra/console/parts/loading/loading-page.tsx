import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../texts/language";
import "./loading-page.css";

/** Stands where a page will be: its outline, so that nothing jumps when it comes. */
export function LoadingPage() {
  const { common } = useTexts();
  return (
    <div className="outline" aria-busy="true">
      <h1>
        <StatusIndicator type="loading">{common.states.loading}</StatusIndicator>
      </h1>
      <div aria-hidden="true">
        <div className="outline-line outline-title" />
        <div className="outline-line" />
        <div className="outline-line" />
        <div className="outline-line outline-short" />
      </div>
    </div>
  );
}
