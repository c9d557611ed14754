import { startKlaviyoSimulator } from "./simulator";

// A Klaviyo simulator in a process of its own, started by separate-simulator.ts.

// The parent is gone, however it went, or done with us. What was being told to it then fails, which says the same.
process.on("disconnect", () => process.exit(0));
process.on("error", () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the parent decides the order of ending.
process.on("SIGINT", () => undefined);

startKlaviyoSimulator().then(
  ({ url }) => process.send?.({ url }),
  (error: unknown) => {
    console.error("Klaviyo simulator:", error);
    process.exit(1);
  },
);
