// A process of its own: the CDK and all that it loads would stay in memory as long as the
// environment is up.
import { createApp } from "../../app";

const [outdir = ""] = process.argv.slice(2);
try {
  createApp({ stage: "local", outdir }).synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
