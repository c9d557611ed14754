#!/usr/bin/env node
import { loadCommandLine } from "./start/load.mjs";

const { main, version } = await loadCommandLine();
await main({ version });
