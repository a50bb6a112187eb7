/** What a simulated panel answers, and how it goes out. */
import type { ServerResponse } from 'node:http';

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

/** A client that has left gets nothing, and that is no error. */
export function send(response: ServerResponse, reply: PanelReply): void {
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
