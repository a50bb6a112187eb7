/**
 * A WHM server to test against: real HTTPS, state that can survive a restart, the real one's refusals and quirks, and
 * faults on demand. Written from the reference of cPanel's API alone, so that it serves any WHM client.
 *
 * `node modules/cpanel/simulator.ts --port 2087 --state-file whm.state` runs it as a process of its own.
 *
 * Beside the contract's, the control routes under `/simulator` are: `GET|POST settings` (the switches of
 * `simulator/settings.ts`), `POST usage`, `POST tokens`.
 */
import {
  caSignedCertificate,
  type ServerCertificate,
  selfSignedCertificate,
} from '@hostwright/sdk/testing/certificate';
import { FaultBox } from '@hostwright/sdk/testing/faults';
import { startPanelServer } from '@hostwright/sdk/testing/panel-server';
import type { PanelSimulator } from '@hostwright/sdk/testing/simulator';
import { runSimulatorProcess } from '@hostwright/sdk/testing/simulator-process';
import { WhmApp } from './simulator/app.ts';
import { addForeignAccount, simulatedAccount } from './simulator/control.ts';
import { Panel } from './simulator/panel.ts';
import type { WhmSettings, WhmSimulatorOptions } from './simulator/settings.ts';

export interface WhmSimulator extends PanelSimulator {
  /** PEM of the authority behind a `signed` certificate. */
  ca?: string;
  /** @throws TypeError naming the switch that does not exist or has another type. */
  changeSettings(settings: Partial<WhmSettings>): void;
  /** Let a domain count as taken, as a removal that broke off leaves it. */
  addLeftoverDomain(domain: string): void;
}

/** @throws Error when the port is taken or the state file is damaged. */
export async function startSimulator(options: WhmSimulatorOptions = {}): Promise<WhmSimulator> {
  const panel = await Panel.open(options);
  const faults = new FaultBox(options.seed);
  const certificate = await certificateOf(panel, options.certificate ?? 'self-signed');
  const app = new WhmApp(panel, () => server.port);
  const server = await startPanelServer({ app, certificate, port: options.port ?? 0, faults });
  await panel.flush();
  return {
    hostname: '127.0.0.1',
    port: server.port,
    fingerprint256: certificate.fingerprint256,
    ...('ca' in certificate ? { ca: certificate.ca } : {}),
    credentials: { username: 'root', token: rootToken(panel) },
    accounts: () => app.accounts(),
    account: (username) => {
      const account = panel.accounts.get(username);
      return account === undefined ? undefined : simulatedAccount(account);
    },
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    journal: () => server.journal(),
    addForeignAccount: (account) => addForeignAccount(panel, account),
    changeSettings: (settings) => panel.changeSettings(settings),
    addLeftoverDomain: (domain) => panel.leftovers.set(domain, { domain, user: '' }),
    close: async () => {
      await server.close();
      await panel.flush();
    },
  };
}

/** Kept with the state, so that a pinned server is still trusted after a restart. */
async function certificateOf(
  panel: Panel,
  kind: 'self-signed' | 'signed',
): Promise<ServerCertificate & { ca?: string }> {
  const key = `${kind} certificate`;
  const kept = panel.secrets.get(key);
  if (kept !== undefined) return JSON.parse(kept);
  const { hostname } = panel.settings;
  const made =
    kind === 'signed' ? await caSignedCertificate(hostname, ['127.0.0.1']) : await selfSignedCertificate(hostname);
  panel.secrets.set(key, JSON.stringify(made));
  return made;
}

function rootToken(panel: Panel): string {
  for (const token of panel.tokens.values())
    if (token.owner === 'root' && token.acl.includes('all')) return token.secret;
  throw new Error("Root's token was revoked and is gone from the state file; start with a new one.");
}

if (import.meta.main) await runSimulatorProcess(startSimulator);
