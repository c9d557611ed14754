import { readdirSync, readFileSync } from "node:fs";

/** A process as Linux shows it below /proc. */
export interface ProcessUsage {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Processor seconds of its own, and of its children that have ended. */
  readonly own: number;
  readonly ended: number;
}

/** Processor seconds of this process tree by what they were used for. */
export interface ProcessorSeconds {
  /** The functions: what AWS would run. */
  readonly functions: number;
  /** Queues, objects, tables, gateway and pollers, and the bench itself. */
  readonly environment: number;
  /** The Klaviyo simulator, which is not the system's. */
  readonly simulator: number;
}

/** Linux's clock ticks: 100 a second on all platforms that Node.js is made for. */
const TICKS = 100;

/** All processes that can be seen; none where there is no /proc. */
export function readProcesses(): ProcessUsage[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => readProcess(Number(pid)));
  } catch {
    return [];
  }
}

function readProcess(pid: number): ProcessUsage[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, "utf8"), command);
  } catch {
    // It has ended in between.
    return [];
  }
}

/** Reads a line of /proc/PID/stat (proc(5)); a name in parentheses may hold anything. */
export function parseStat(pid: number, stat: string, command: string): ProcessUsage[] {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Counted from the state, which is field 3: parent 4, utime 14, stime 15, cutime 16, cstime 17.
  const [parent, utime, stime, cutime, cstime] = [1, 11, 12, 13, 14].map((at) =>
    Number(fields[at]),
  );
  if ([parent, utime, stime, cutime, cstime].some((value) => !Number.isFinite(value))) return [];
  return [
    {
      pid,
      parent: parent ?? 0,
      command,
      own: ((utime ?? 0) + (stime ?? 0)) / TICKS,
      ended: ((cutime ?? 0) + (cstime ?? 0)) / TICKS,
    },
  ];
}

/**
 * What the tree below a process has used. Processes that ended in it count as functions: only these come and go.
 *
 * @param simulator the simulator's process.
 */
export function processorSeconds(
  processes: readonly ProcessUsage[],
  root: number,
  simulator: number,
): ProcessorSeconds {
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  const used = { functions: 0, environment: 0, simulator: 0 };
  for (const { pid, command, own, ended } of processes.filter((one) => tree.has(one.pid))) {
    used.functions += ended;
    if (pid === simulator) {
      used.simulator += own;
    } else if (pid !== root && command.includes("process-entry.mts")) {
      used.functions += own;
    } else {
      used.environment += own;
    }
  }
  return used;
}
