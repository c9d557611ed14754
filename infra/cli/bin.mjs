#!/usr/bin/env node
import { loadCommandLine } from "./start/load.mjs";

const { main } = await loadCommandLine();
await main();
