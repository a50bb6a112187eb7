/** A simulator in another process, looked at and disturbed through its control routes under `/simulator`. */
import https from 'node:https';
import type { Fault, JournalEntry, SimulatedAccount } from './simulator.ts';

export interface SimulatorClient {
  accounts(): Promise<SimulatedAccount[]>;
  account(username: string): Promise<SimulatedAccount | undefined>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  journal(): Promise<JournalEntry[]>;
  addForeignAccount(account: { username: string; domain: string; package?: string }): Promise<void>;
  /** Change switches of the simulated panel; the simulator's own documentation names them. */
  changeSettings(settings: Record<string, unknown>): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/**
 * The certificate is not checked: this speaks to simulators on the same machine only.
 * Every function rejects with an Error naming the route when nothing answers within 10 s or the simulator objects.
 */
export function simulatorClient(address: { hostname: string; port: number }): SimulatorClient {
  const ask = (method: string, route: string, body?: unknown) => askSimulator(address, method, route, body);
  const accounts = async () => (await ask('GET', '/simulator/accounts')) as SimulatedAccount[];
  return {
    accounts,
    account: async (username) => (await accounts()).find((account) => account.username === username),
    addFault: async (fault) => void (await ask('POST', '/simulator/faults', fault)),
    clearFaults: async () => void (await ask('DELETE', '/simulator/faults')),
    journal: async () => {
      const entries = (await ask('GET', '/simulator/journal')) as (Omit<JournalEntry, 'at'> & { at: string })[];
      return entries.map((entry) => ({ ...entry, at: new Date(entry.at) }));
    },
    addForeignAccount: async (account) => void (await ask('POST', '/simulator/accounts', account)),
    changeSettings: async (settings) => void (await ask('POST', '/simulator/settings', settings)),
  };
}

function askSimulator(
  { hostname, port }: { hostname: string; port: number },
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      const said = cause instanceof Error ? cause.message : String(cause);
      reject(new Error(`${method} ${path} of the simulator at ${hostname}:${port} failed: ${said}`, { cause }));
    };
    const request = https.request(
      {
        hostname,
        port,
        method,
        path,
        agent: false,
        rejectUnauthorized: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      async (response) => {
        try {
          let text = '';
          for await (const piece of response.setEncoding('utf8')) text += piece;
          if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${text}`);
          resolve(JSON.parse(text));
        } catch (error) {
          fail(error);
        }
      },
    );
    request.on('error', fail);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
