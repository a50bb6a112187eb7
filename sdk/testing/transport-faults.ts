/** Faults of the wire, which every simulator has alike: answers that are lost, spoilt, late or somebody else's. */
import type { ServerResponse } from 'node:http';
import type { PanelFault } from './faults.ts';
import { type PanelReply, send } from './panel-reply.ts';

/** Rejects when the simulator closes meanwhile. */
type Wait = (ms: number) => Promise<unknown>;

const PAGE = { 'content-type': 'text/html; charset=utf-8' };
const HOUR_MS = 3_600_000;

/** @returns whether the request ends here, with nothing done */
export async function failBefore(
  fault: PanelFault,
  response: ServerResponse,
  { wait, htmlPage }: { wait: Wait; htmlPage: () => string },
): Promise<boolean> {
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
        headers: PAGE,
        body: '<html><body>Internal Server Error</body></html>',
        done: false,
      });
      return true;
    case 'bad_gateway':
      send(response, { status: 502, headers: PAGE, body: '<html><body>502 Bad Gateway</body></html>', done: false });
      return true;
    case 'unavailable':
      send(response, {
        status: 503,
        headers: PAGE,
        body: '<html><body>503 Service Unavailable</body></html>',
        done: false,
      });
      return true;
    case 'redirect':
      send(response, { status: 302, headers: { location: 'https://elsewhere.invalid/' }, body: '', done: false });
      return true;
    case 'html':
      send(response, { status: 200, headers: PAGE, body: htmlPage(), done: false });
      return true;
    default:
      return false;
  }
}

/** @returns whether the answer was withheld or spoilt here, with the work done */
export async function failAfter(
  fault: PanelFault,
  reply: PanelReply,
  response: ServerResponse,
  wait: Wait,
): Promise<boolean> {
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
        headers: PAGE,
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
        headers: PAGE,
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
