import { buildConsoleWhenStale } from "../../../infra/console-bundle";

/** Builds the console once before all tests, since they run side by side and several of them serve it. */
export default function buildConsole(): void {
  buildConsoleWhenStale();
}
