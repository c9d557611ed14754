import { startEnvironment, type Environment } from "./environment";
import type { EnvironmentOptions } from "./environment-options";
import {
  startKlaviyoSimulator,
  type KlaviyoSimulator,
  type KlaviyoSimulatorOptions,
} from "./klaviyo/simulator";

/** The system and the Klaviyo that it exports to, both on this machine. */
export interface Laptop {
  readonly environment: Environment;
  readonly klaviyo: KlaviyoSimulator;
  close(): Promise<void>;
}

export interface LaptopOptions extends EnvironmentOptions {
  readonly klaviyo?: KlaviyoSimulatorOptions;
}

/** Starts the Klaviyo simulator and the embedded environment, whose functions then call it. */
export async function startLaptop(options: LaptopOptions = {}): Promise<Laptop> {
  const { klaviyo: simulatorOptions, ...environmentOptions } = options;
  const klaviyo = await startKlaviyoSimulator(simulatorOptions);
  try {
    const environment = await startEnvironment({
      ...environmentOptions,
      environmentOverrides: {
        KLAVIYO_BASE_URL: klaviyo.url,
        ...environmentOptions.environmentOverrides,
      },
    });
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
