#!/usr/bin/env node
import path from "node:path";
import { register } from "tsx/cjs/api";

// The sources are run as they lie; whichever folder the command is called in, its own compiler options count.
process.env["TSX_TSCONFIG_PATH"] ??= path.join(import.meta.dirname, "../../tsconfig.json");
const { require: load } = register({ namespace: "klaviyo-export" });
const { main } = load("./main.ts", import.meta.url);
await main();
