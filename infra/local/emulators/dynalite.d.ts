// dynalite is published without types; this is the part that is used here.
declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** Milliseconds for which a new table stays in CREATING. */
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
    /** Directory of a LevelDB store; in memory when left out. */
    path?: string;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}
