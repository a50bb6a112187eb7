/** What a function of UAPI is handed, and what it is. */
import type { FaultTarget } from '@hostwright/sdk/testing/simulator';
import type { Parameters } from './call.ts';
import type { Account, Panel } from './panel.ts';

export interface UapiCall {
  panel: Panel;
  account: Account;
  parameters: Parameters;
}

export interface UapiFunction {
  /** The contract's verb a fault reaches it by. */
  verb?: FaultTarget;
  /** @returns `data` of the answer. @throws PanelRefusal with nothing changed. */
  run(call: UapiCall): unknown;
}

export type UapiFunctions = Record<string, UapiFunction>;
