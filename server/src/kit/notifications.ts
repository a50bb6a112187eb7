/** LISTEN for the whole process, on one connection that is opened by the first subscriber and mends itself. */
import type pg from 'pg';
import type { Logger } from 'pino';
import { openSession, type Session } from './jobs/session.ts';

export interface Notifications {
  /**
   * Be told of every `pg_notify` on a channel that is committed from now on. What is sent while the connection is down is
   * lost: look for yourself now and then as well.
   *
   * @returns stops the telling; a second call does nothing
   * @throws the driver's error when the server cannot be reached
   */
  subscribe(channel: string, listener: (payload: string) => void): Promise<() => void>;
  /** A second call does nothing. */
  close(): Promise<void>;
}

export function createNotifications(options: { connection: pg.PoolConfig; log: Logger }): Notifications {
  // A channel stays listened to when its last subscriber goes: the next one is never far.
  const channels = new Map<string, Set<(payload: string) => void>>();
  let session: Promise<Session> | undefined;
  let closed = false;

  const connect = () =>
    openSession({
      ...options,
      applicationName: 'hostwright notifications',
      async onConnect(client) {
        for (const channel of channels.keys()) await client.query(listen(channel));
      },
      onNotification({ channel, payload = '' }) {
        for (const listener of [...(channels.get(channel) ?? [])]) listener(payload);
      },
    });

  return {
    async subscribe(channel, listener) {
      if (closed) throw new Error('The notifications are closed.');
      const listeners = channels.get(channel) ?? new Set();
      const isNew = listeners.size === 0 && !channels.has(channel);
      channels.set(channel, listeners);
      listeners.add(listener);
      try {
        session ??= connect().catch((error) => {
          session = undefined;
          throw error;
        });
        const open = await session;
        if (isNew) await open.query(listen(channel));
      } catch (error) {
        listeners.delete(listener);
        if (listeners.size === 0) channels.delete(channel);
        throw error;
      }
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      channels.clear();
      await (await session?.catch(() => undefined))?.close();
    },
  };
}

const listen = (channel: string) => `listen "${channel.replaceAll('"', '""')}"`;
