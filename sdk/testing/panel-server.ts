/**
 * The HTTPS half of a simulator: reads requests, applies transport faults, keeps the journal and offers the control
 * routes under `/simulator`. What the panel says is up to the `PanelApp` it is given.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerCertificate } from './certificate.ts';
import type { FaultBox, PanelFault } from './faults.ts';
import type { JournalEntry, SimulatedAccount } from './simulator.ts';

/** A request as it came, body read. */
export interface ArrivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  remoteAddress: string;
}

export interface PanelReply {
  status: number;
  statusText?: string;
  headers?: Record<string, string>;
  body: string;
  /** Whether the panel did what was asked. */
  done: boolean;
  /** Close the connection instead of answering. */
  drop?: boolean;
}

/** What a panel call is, before it is answered. */
export interface CallDescription {
  /** The panel's own function or route. */
  call: string;
  /** Names a fault may use to hit it, `any` not included. */
  targets: string[];
  /** Names only, no values. */
  parameters: string[];
}

export interface PanelApp {
  /** `undefined` for pages and the like: no journal, no faults. */
  describe(request: ArrivedRequest): CallDescription | undefined;
  /** @param fault one that is the panel's to play, such as `refuse`; transport faults never come here */
  answer(request: ArrivedRequest, fault: PanelFault | undefined): Promise<PanelReply>;
  /** What a browser would be shown instead of an answer. */
  htmlPage(): string;
  /** For `GET /simulator/accounts`. */
  accounts(): SimulatedAccount[];
  /** Further control routes, by `METHOD /simulator/name`; what each gives, awaited, is sent back as JSON. */
  control: Record<string, (body: unknown) => unknown>;
}

export interface PanelServer {
  port: number;
  journal(): JournalEntry[];
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_JOURNAL_ENTRIES = 200_000;
const HOUR_MS = 3_600_000;

/** @param options.port 0 picks a free one. Listens on 127.0.0.1 only. */
export async function startPanelServer(options: {
  app: PanelApp;
  certificate: ServerCertificate;
  port: number;
  faults: FaultBox;
}): Promise<PanelServer> {
  const { app, faults } = options;
  const entries: JournalEntry[] = [];
  const closing = new AbortController();

  const server = https.createServer({ key: options.certificate.key, cert: options.certificate.cert });
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // Nobody but the client may learn of a broken connection; a fault in the simulator itself must be seen.
      if (!closing.signal.aborted && !request.destroyed) console.error('simulator:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (request.path.startsWith('/simulator/')) return sendControl(request, response);
    const description = app.describe(request);
    if (description === undefined) return send(response, await app.answer(request, undefined));

    const entry: JournalEntry = {
      at: new Date(),
      call: description.call,
      parameters: description.parameters,
      done: false,
    };
    if (entries.length < MAX_JOURNAL_ENTRIES) entries.push(entry);
    const { slowMs, fault } = faults.take(description.targets);
    if (slowMs > 0) await wait(slowMs);
    if (fault !== undefined && (await failBefore(fault, response))) return;
    const reply = await app.answer(request, fault);
    entry.done = reply.done;
    if (fault === undefined || !(await failAfter(fault, reply, response))) send(response, reply);
  }

  /** @returns whether the request ends here, with nothing done */
  async function failBefore(fault: PanelFault, response: ServerResponse): Promise<boolean> {
    const plain = { 'content-type': 'text/html; charset=utf-8' };
    switch (fault.kind) {
      case 'reset_before':
        response.socket?.resetAndDestroy();
        return true;
      case 'hang_before':
        await wait(fault.delayMs ?? HOUR_MS);
        response.destroy();
        return true;
      case 'error_before':
        send(response, {
          status: 500,
          headers: plain,
          body: '<html><body>Internal Server Error</body></html>',
          done: false,
        });
        return true;
      case 'bad_gateway':
        send(response, { status: 502, headers: plain, body: '<html><body>502 Bad Gateway</body></html>', done: false });
        return true;
      case 'unavailable':
        send(response, {
          status: 503,
          headers: plain,
          body: '<html><body>503 Service Unavailable</body></html>',
          done: false,
        });
        return true;
      case 'redirect':
        send(response, { status: 302, headers: { location: 'https://elsewhere.invalid/' }, body: '', done: false });
        return true;
      case 'html':
        send(response, { status: 200, headers: plain, body: app.htmlPage(), done: false });
        return true;
      default:
        return false;
    }
  }

  /** @returns whether the answer was withheld or spoilt here, with the work done */
  async function failAfter(fault: PanelFault, reply: PanelReply, response: ServerResponse): Promise<boolean> {
    const plain = { 'content-type': 'text/html; charset=utf-8' };
    switch (fault.kind) {
      case 'reset_after':
        response.socket?.resetAndDestroy();
        return true;
      case 'hang_after':
        await wait(fault.delayMs ?? HOUR_MS);
        return false;
      case 'error_after':
        send(response, {
          status: 500,
          headers: plain,
          body: '<html><body>Internal Server Error</body></html>',
          done: true,
        });
        return true;
      case 'empty_after':
        send(response, { status: 200, body: '', done: true });
        return true;
      case 'proxy_timeout':
        send(response, {
          status: 524,
          headers: plain,
          body: '<html><body>A timeout occurred</body></html>',
          done: true,
        });
        return true;
      case 'cut': {
        const body = Buffer.from(reply.body);
        response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
        response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
        return true;
      }
      default:
        return false;
    }
  }

  async function sendControl(request: ArrivedRequest, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.path}`;
    const json = (status: number, value: unknown) =>
      send(response, {
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(value),
        done: true,
      });
    try {
      const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
      const run = controls[route] ?? app.control[route];
      if (run === undefined)
        return json(404, { error: 'no such control', controls: Object.keys({ ...controls, ...app.control }) });
      json(200, (await run(body)) ?? { ok: true });
    } catch (error) {
      json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  const controls: Record<string, (body: unknown) => unknown> = {
    'GET /simulator/faults': () => faults.list(),
    'POST /simulator/faults': (body) => {
      for (const fault of Array.isArray(body) ? body : [body]) faults.add(fault as PanelFault);
    },
    'DELETE /simulator/faults': () => faults.clear(),
    'GET /simulator/journal': () => entries,
    'DELETE /simulator/journal': () => {
      entries.length = 0;
    },
    'GET /simulator/accounts': () => app.accounts(),
  };

  /** Ends early when the simulator closes, so that a hanging answer never keeps a test alive. */
  const wait = (ms: number) => sleep(ms, undefined, { signal: closing.signal });

  return {
    port: (server.address() as AddressInfo).port,
    journal: () => entries.map((entry) => ({ ...entry })),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError('The request is larger than 8 MiB');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'https://simulator.invalid');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')])),
    body: Buffer.concat(chunks).toString('utf8'),
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}

function send(response: ServerResponse, reply: PanelReply): void {
  if (reply.drop) {
    response.socket?.resetAndDestroy();
    return;
  }
  if (response.destroyed) return;
  response.writeHead(reply.status, reply.statusText, {
    'content-length': Buffer.byteLength(reply.body),
    ...reply.headers,
  });
  response.end(reply.body);
}
