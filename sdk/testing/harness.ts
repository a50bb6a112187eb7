/** Calling a module as the engine does: values validated by its declared fields, HTTP recorded, time limited. */
import {
  type Call,
  createPanelHttp,
  type Fields,
  fieldsSchema,
  type ModuleDefinition,
  type PanelExchange,
  secretNames,
  type TlsPolicy,
  type Values,
} from '../src/index.ts';
import type { PanelSimulator } from './simulator.ts';

const PATIENCE_SECONDS = 60;

/** A module whatever its fields are, for code that knows it only by the contract. */
export type AnyModule = ModuleDefinition;

export interface HarnessOptions {
  /** Over the simulator's credentials. */
  serverValues?: Record<string, unknown>;
  /** The simulator's own certificate is pinned when not given. */
  tls?: TlsPolicy;
  /** Another place than the simulator's. */
  hostname?: string;
  port?: number;
  /** The engine's patience; a minute when not given. */
  signal?: AbortSignal;
  /** Called once per request, before secrets are struck out. */
  record?: (exchange: PanelExchange) => void;
}

/**
 * @param module its declared `server` fields; any module fits
 * @throws ZodError when the values do not fit those fields.
 */
export function callFor<S extends Fields>(
  module: { server: S },
  simulator: PanelSimulator,
  options: HarnessOptions = {},
): Call<S> {
  // The schema is made from S, so what it lets through are values of S.
  const values = fieldsSchema(module.server).parse({ ...simulator.credentials, ...options.serverValues }) as Values<S>;
  const hostname = options.hostname ?? simulator.hostname;
  const port = options.port ?? simulator.port;
  const tls = options.tls ?? { mode: 'pin', fingerprint256: simulator.fingerprint256 };
  const signal = options.signal ?? AbortSignal.timeout(PATIENCE_SECONDS * 1000);
  const secrets = secretNames(module.server).map((name) => String(values[name] ?? ''));
  return {
    server: { ...values, id: 'simulated', hostname, port, tls, nameservers: [] },
    http: createPanelHttp({ hostname, port, tls, signal, secrets: secrets.filter(Boolean), record: options.record }),
    signal,
  };
}
