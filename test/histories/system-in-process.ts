import { join } from "node:path";
import { keyOf } from "../support/fakes/credentials";
import { createMemberPreparation } from "../../shared/adapters/duckdb/preparing/member-preparation";
import { createRunAccounting } from "../../shared/adapters/duckdb/accounting/run-accounting";
import { createSubscriberStaging } from "../../shared/adapters/duckdb/preparing/subscriber-staging";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import type { KlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import type { Message } from "../../shared/domain/runs/messages";
import { defaultTuning } from "../../shared/domain/runs/tuning";
import { confirmRun } from "../../shared/use-cases/runs/confirm/confirm-run";
import { prepareRun } from "../../shared/use-cases/runs/prepare/prepare-run";
import { pushChunk } from "../../shared/use-cases/runs/push/push-chunk";
import { wakeUp } from "../../shared/use-cases/runs/push/wake-worker";
import { rehearseSettlement } from "../../shared/use-cases/runs/settle/rehearse-settlement";
import { settleRun } from "../../shared/use-cases/runs/settle/settle-run";
import { createRandom } from "../chaos/random";
import { aConnection, anExport } from "../support/builders";
import { directorySegmentSource, directoryWorkFiles } from "../support/files/directory-files";
import { directoryRunFiles } from "../support/files/directory-run-files";
import { type fakeClock, fakeIds, fakeLimiter } from "../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../support/fakes/stores/connection-store";
import { fakeExportStore } from "../support/fakes/stores/export-store";
import { fakeListKeeperStore } from "../support/fakes/stores/list-keeper-store";
import { accessTo } from "../support/fakes/klaviyo-access";
import { fakeLog } from "../support/fakes/log";
import { fakePreviewStore } from "../support/fakes/stores/preview-store";
import { fakeRunData } from "../support/fakes/stores/run-data";
import { fakeRunStore } from "../support/fakes/stores/run-store";
import { fakeAnnouncer, fakeMetrics } from "../support/fakes/scheduling";
import { fakeSecretStore } from "../support/fakes/stores/secret-store";
import { onAws, type AwsState } from "./aws-trouble";
import type { AwsPart, DESTINATIONS, History } from "./history";
import type { Observed } from "./judge-history";
import { profileKey } from "./judge-history";
import { profileText } from "./segment-life";
import { createMessageLine, deadly, type Danger } from "./worker";

/** Where the export may be attached. */
export interface Place {
  readonly connectionId: string;
  readonly accountId: string;
  readonly listId: string;
}

/** The system in one process: real DuckDB, Klaviyo over HTTP, all else in memory or in a directory. */
export function createSystemInProcess(
  history: History,
  {
    clock,
    simulator,
    root,
    through = (part) => part,
  }: {
    clock: ReturnType<typeof fakeClock>;
    simulator: KlaviyoSimulator;
    root: string;
    /** What stands between the system and its files: the segments' and those of the runs. */
    through?: <Part extends object>(part: Part) => Part;
  },
) {
  const random = createRandom(history.seed, 61);
  const danger: Danger = { rate: 0, kills: 0 };
  const aws: AwsState = {
    trouble: { refusalRate: 0, lostAnswerRate: 0, outage: undefined },
    ...{ down: undefined, refused: 0, lost: 0 },
  };
  const awsRandom = createRandom(history.seed, 64);
  const on = <Part extends object>(service: AwsPart, part: Part): Part =>
    onAws(part, service, { random: awsRandom, state: aws, clock });
  const { accountId, listId } = simulator.first;
  const second = simulator.createList(accountId, { name: "Second list" }).id;
  const other = simulator.addAccount({ lists: [{ name: "Another account's list" }] });
  const elsewhere = other.lists[0]!.id;
  const places = [
    { connectionId: "connection-1", accountId, listId },
    { connectionId: "connection-2", accountId, listId },
    { connectionId: "connection-1", accountId, listId: second },
    { connectionId: "connection-3", accountId: other.id, listId: elsewhere },
  ] as const satisfies readonly Place[] & { length: typeof DESTINATIONS };
  for (const place of [places[0], places[2], places[3]]) {
    simulator.seedProfiles(place.accountId, history.guests, place.listId);
  }

  const keys = new Map([
    [accountId, simulator.first.apiKey],
    [other.id, other.keys[0]!.key],
  ]);
  const secrets = fakeSecretStore({});
  const giveKeys = (): void => {
    for (const place of places) {
      secrets.stored.set(place.connectionId, keyOf(keys.get(place.accountId)!));
    }
  };
  giveKeys();
  const connections = new Map(
    places.map((place) => [
      place.connectionId,
      aConnection({
        connectionId: place.connectionId,
        displayName: place.connectionId,
        account: { id: place.accountId, organizationName: "Example Shop" },
        secretArn: place.connectionId,
      }),
    ]),
  );

  const work = join(root, "work");
  const source = through(directorySegmentSource(join(root, "segments")));
  const options = {
    source,
    files: through(directoryWorkFiles(work)),
    memoryMegabytes: 512,
    workDirectory: root,
    chunkLimits: { maxProfiles: 2, maxBytes: 5_000_000 },
  };
  const exports = fakeExportStore(anExport({ listId, syncMode: "mirror" }));
  const runs = fakeRunStore();
  const line = createMessageLine(() => clock.now().getTime());
  const parts = {
    connections: fakeConnectionStore(...connections.values()),
    exports: on("dynamodb", deadly(exports, random, danger)),
    runs: on("dynamodb", deadly(runs, random, danger)),
    secrets: on("secretsmanager", secrets),
    segments: on("s3", source),
    preparation: on("s3", createMemberPreparation(options)),
    accounting: on("s3", deadly(createRunAccounting(options), random, danger)),
    subscribers: createSubscriberStaging(options),
    previews: fakePreviewStore(),
    listKeepers: on("dynamodb", deadly(fakeListKeeperStore(), random, danger)),
    files: on("s3", deadly(through(directoryRunFiles(work)), random, danger)),
    klaviyoApi: deadly(createKlaviyo(simulator.url), random, danger),
    queues: on("sqs", deadly(line, random, danger)),
    data: fakeRunData(),
    announcer: fakeAnnouncer(),
    metrics: fakeMetrics(),
    stage: "test",
    clock,
    ids: fakeIds(),
    megabytesPerSecond: 45,
    tuning: {
      ...defaultTuning,
      longestRetrySeconds: 4,
      // In every other history the settlement is rehearsed, though the runs are small.
      ...(history.seed % 2 === 0 ? { rehearsalMembers: 1 } : {}),
    },
    log: fakeLog(),
  };
  const addresses = [...history.addresses, ...history.guests];

  return {
    ...{ random, danger, aws, places, exports, runs, line, clock, simulator },
    segmentFile: join(root, "segments", "customers", "1.csv"),
    workFile: (key: string) => join(work, key),
    /** The same parts, in whose calls nobody dies. */
    safe: { ...parts, ...{ exports, runs, secrets, segments: source, queues: line } },

    /** A worker handles a message, by its own clock. */
    async handle(message: Message): Promise<void> {
      const ahead = awsRandom.pick(history.clocks) * 1_000;
      const ownClock = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
      const deadline = new Date(ownClock.now().getTime() + 900_000);
      // A worker claims slots by its own clock too, and what it remembers of itself can't fail.
      const limiter = fakeLimiter(ownClock);
      const { noteLateness, noteAnswerTime } = limiter;
      const withClock = {
        ...parts,
        ...{
          clock: ownClock,
          limiter: { ...on("dynamodb", limiter), noteLateness, noteAnswerTime },
        },
      };
      const own = { ...withClock, klaviyo: accessTo(parts.klaviyoApi, withClock) };
      switch (message.step) {
        case "prepare":
          return prepareRun(own, message, deadline);
        case "push":
          return pushChunk(own, message, deadline);
        case "wake":
          return wakeUp(own, message);
        case "confirm":
          return confirmRun(own, message, deadline);
        case "settle":
          return settleRun(own, message.runId);
        case "rehearse":
          return rehearseSettlement(own, message.runId);
        case "subscribe":
        case "preview":
        case "start":
        case "due":
          throw new Error("nobody sends these here");
      }
    },

    revokeKey(place: Place): void {
      simulator.revokeKey(keys.get(place.accountId)!);
    },

    replaceKey(place: Place): void {
      keys.set(place.accountId, simulator.addKey(place.accountId, {}).key);
      giveKeys();
    },

    /** Profiles in all import jobs that Klaviyo ever accepted. */
    profilesSent: () => simulator.jobs().reduce((sum, { total }) => sum + total, 0),

    observe(): Observed {
      return {
        lists: new Map(
          places.map((place) => [place.listId, [...simulator.members(place.listId)].sort()]),
        ),
        profiles: new Map(
          [accountId, other.id].flatMap((account) =>
            addresses.map((address) => [
              profileKey(account, address),
              profileText(simulator.attributes(account, address)),
            ]),
          ),
        ),
      };
    },
  };
}

export type SystemInProcess = ReturnType<typeof createSystemInProcess>;
