import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { KlaviyoApp } from "../../shared/domain/klaviyo/klaviyo-app";
import { KLAVIYO_SIGNED_IN_PATH } from "../console-config";
import { stageConfig } from "../stage-config";
import { startEnvironment, type Environment } from "./environment";
import type { EnvironmentOptions } from "./environment-options";
import { DEFAULT_SIGN_IN } from "./klaviyo/options";
import { clientConfiguration } from "./provisioning/aws-clients";
import { startSeparateSimulator, type SeparateSimulator } from "./klaviyo/separate-simulator";
import {
  startKlaviyoSimulator,
  type KlaviyoSimulator,
  type KlaviyoSimulatorOptions,
} from "./klaviyo/simulator";

/** What the system needs of a Klaviyo simulator, wherever that runs. */
export type AnySimulator = Pick<KlaviyoSimulator, "url" | "first" | "close">;

/** The system and the Klaviyo that it exports to, both on this machine. */
export interface LaptopWith<Simulator extends AnySimulator> {
  readonly environment: Environment;
  readonly klaviyo: Simulator;
  close(): Promise<void>;
}
export type Laptop = LaptopWith<KlaviyoSimulator>;

export interface LaptopOptions extends EnvironmentOptions {
  readonly klaviyo?: KlaviyoSimulatorOptions;
}

/** Starts the Klaviyo simulator in this process, and the embedded environment, whose functions then call it. */
export async function startLaptop(options: LaptopOptions = {}): Promise<Laptop> {
  const { klaviyo: simulatorOptions, ...environmentOptions } = options;
  const klaviyo = await startKlaviyoSimulator(simulatorOptions);
  const laptop = await startLaptopWith(klaviyo, environmentOptions);
  const { console: shown } = laptop.environment;
  if (shown !== undefined) klaviyo.nameRedirectUri(signedInAddress(shown.url));
  return laptop;
}

/**
 * The same with the simulator in a process of its own: for measurements, in which its work must neither hold
 * up gateway and pollers nor be taken for theirs.
 */
export async function startMeasuredLaptop(
  options: Omit<EnvironmentOptions, "console"> = {},
): Promise<LaptopWith<SeparateSimulator>> {
  return startLaptopWith(await startSeparateSimulator(), options);
}

/** Takes charge of the simulator: it is closed with the system, and when that can't be started. */
async function startLaptopWith<Simulator extends AnySimulator>(
  klaviyo: Simulator,
  options: EnvironmentOptions,
): Promise<LaptopWith<Simulator>> {
  try {
    const environment = await startEnvironment({
      ...options,
      environmentOverrides: { KLAVIYO_BASE_URL: klaviyo.url, ...options.environmentOverrides },
    });
    await keepApp(environment);
    return {
      environment,
      klaviyo,
      close: async () => {
        await environment.close();
        await klaviyo.close();
      },
    };
  } catch (error) {
    await klaviyo.close();
    throw error;
  }
}

/** Where Klaviyo sends people back to who went there from the console. */
function signedInAddress(consoleUrl: string): string {
  return `${consoleUrl}${KLAVIYO_SIGNED_IN_PATH}`;
}

/** Puts the simulator's app where the stage looks for its own. */
async function keepApp({ endpoints, console: shown }: Environment): Promise<void> {
  const { clientId, clientSecret, redirectUris } = DEFAULT_SIGN_IN.app;
  const app: KlaviyoApp = {
    ...{ clientId, clientSecret },
    redirectUris: {
      terminal: redirectUris[0],
      console: shown === undefined ? undefined : signedInAddress(shown.url),
    },
  };
  const Name = stageConfig("local").klaviyoAppSecret;
  const SecretString = JSON.stringify(app);
  const client = new SecretsManagerClient(clientConfiguration(endpoints.secretsManager));
  try {
    await client.send(new CreateSecretCommand({ Name, SecretString }));
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) {
      throw error;
    }
    // An endpoint of one's own has it from the time before, when the console was elsewhere.
    await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
  } finally {
    client.destroy();
  }
}
