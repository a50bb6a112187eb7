/** The simulated WHM as an application: routes a request to its function and puts the outcome into an envelope. */
import type { PanelFault } from '@hostwright/sdk/testing/faults';
import type { PanelReply } from '@hostwright/sdk/testing/panel-reply';
import type { ArrivedRequest, CallDescription, PanelApp } from '@hostwright/sdk/testing/panel-server';
import type { SimulatedAccount } from '@hostwright/sdk/testing/simulator';
import { type Caller, Gate, may } from './access.ts';
import type { Outcome, Parameters, WhmCall, WhmFunction } from './call.ts';
import { addControlledToken, addForeignAccount, setUsage, simulatedAccount } from './control.ts';
import { v0Failure, v0Success, v1Failure, v1Success } from './envelope.ts';
import { whmFunctions } from './functions.ts';
import { withListControls } from './list-controls.ts';
import { PanelRefusal, refuse } from './messages.ts';
import type { Panel } from './panel.ts';
import { isInnerFault, runUnderFault } from './panel-faults.ts';
import { parametersOf } from './request.ts';
import { loginPage, Sessions } from './sessions.ts';
import { innerFunctionOf, innerRefusal, localeOf, UAPI_FUNCTIONS } from './uapi.ts';

const API_PATH = /^\/json-api\/([\w.-]+)$/;

export class WhmApp implements PanelApp {
  readonly control: PanelApp['control'];
  readonly #panel: Panel;
  readonly #gate: Gate;
  readonly #sessions = new Sessions();
  readonly #functions: ReadonlyMap<string, WhmFunction>;

  /** @param port reads the port the simulator listens on */
  constructor(panel: Panel, port: () => number) {
    this.#panel = panel;
    this.#gate = new Gate(panel);
    this.#functions = whmFunctions(this.#sessions, port);
    this.control = {
      'GET /simulator/settings': () => panel.settings,
      'POST /simulator/settings': (body) => this.#changed(() => panel.changeSettings(body)),
      'POST /simulator/accounts': (body) => this.#changed(() => addForeignAccount(panel, body)),
      'POST /simulator/usage': (body) => this.#changed(() => setUsage(panel, body)),
      'POST /simulator/tokens': (body) => this.#changed(() => addControlledToken(panel, body)),
    };
  }

  describe(request: ArrivedRequest): CallDescription | undefined {
    const name = API_PATH.exec(request.path)?.[1];
    if (name === undefined) return undefined;
    const parameters = parametersOf(request);
    const inner = innerFunctionOf(parameters);
    const verb = (inner === undefined ? this.#functions.get(name) : UAPI_FUNCTIONS[inner])?.verb;
    const targets = [name, inner, verb].filter((target) => target !== undefined);
    return { call: inner ?? name, targets, parameters: parameters.names() };
  }

  async answer(request: ArrivedRequest, fault: PanelFault | undefined): Promise<PanelReply> {
    const name = API_PATH.exec(request.path)?.[1];
    if (name === undefined) return this.#sessions.page(this.#panel, request);
    if (fault?.kind === 'rate_block') return this.#gate.block(request.remoteAddress, fault.delayMs ?? 0);
    const admission = this.#gate.admit(request);
    if ('refused' in admission) return admission.refused;
    const reply = this.#run(name, parametersOf(request), admission.caller, fault);
    // Nobody may learn of a change that a restart would forget.
    await this.#panel.flush();
    return reply;
  }

  htmlPage(): string {
    return loginPage(200).body;
  }

  accounts(): SimulatedAccount[] {
    return [...this.#panel.accounts.values()].map(simulatedAccount);
  }

  #run(name: string, parameters: Parameters, caller: Caller, fault: PanelFault | undefined): PanelReply {
    const v1 = parameters.text('api.version') === '1';
    const call = { panel: this.#panel, caller, parameters };
    try {
      const outcome = this.#outcome(name, call, fault);
      const body = v1 ? v1Success(this.#panel, name, outcome) : v0Success(name, outcome);
      return this.#reply(body, !innerFailed(outcome));
    } catch (error) {
      if (!(error instanceof PanelRefusal)) throw error;
      return this.#reply(v1 ? v1Failure(this.#panel, name, error) : v0Failure(this.#panel, name, error), false);
    }
  }

  #outcome(name: string, call: WhmCall, fault: PanelFault | undefined): Outcome {
    const version = call.parameters.text('api.version') ?? 0;
    const found = this.#functions.get(name) ?? refuse('functionUnknown', { name, version });
    if (!may(call.caller, found.acl)) refuse('permissionDenied');
    const outcome = fault === undefined ? found.run(call) : this.#faulty(found, call, fault);
    return found.list === undefined ? outcome : withListControls(outcome, found.list, call.parameters);
  }

  #faulty(found: WhmFunction, call: WhmCall, fault: PanelFault): Outcome {
    const inner = innerFunctionOf(call.parameters);
    if (inner === undefined || !isInnerFault(fault))
      return runUnderFault(call, found.verb, fault.kind, () => found.run(call));
    try {
      return runUnderFault(call, UAPI_FUNCTIONS[inner]?.verb, fault.kind, () => found.run(call));
    } catch (error) {
      const account = this.#panel.accounts.get(call.parameters.text('cpanel.user') ?? '');
      return { data: { uapi: innerRefusal(error, localeOf(account)) } };
    }
  }

  #reply(body: unknown, done: boolean): PanelReply {
    const headers = { 'content-type': this.#panel.settings.contentType };
    return { status: 200, headers, body: JSON.stringify(body), done };
  }

  async #changed<T>(change: () => T): Promise<T> {
    const result = change();
    await this.#panel.flush();
    return result;
  }
}

/** A bridged call may fail inside an answer that succeeds. */
function innerFailed({ data }: Outcome): boolean {
  const uapi = data?.uapi;
  return typeof uapi === 'object' && uapi !== null && 'status' in uapi && uapi.status === 0;
}
