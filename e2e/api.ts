/** What people do in the shop that nobody watches: asked of the API as their browser would ask. */
import type { APIRequestContext } from 'playwright-core';

/** @throws Error with the shop's answer when it refuses */
export async function send<T>(
  request: APIRequestContext,
  path: string,
  data: object,
  method: 'post' | 'put' = 'post',
): Promise<T> {
  const answer = await request[method](path, { data, headers: { 'idempotency-key': crypto.randomUUID() } });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** @throws Error with the shop's answer when it refuses */
export async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Read until it is as wanted; whoever calls is stopped by the patience of its test. */
export async function readUntil<T>(
  request: APIRequestContext,
  path: string,
  wanted: (answer: T) => boolean,
): Promise<T> {
  for (;;) {
    const answer = await read<T>(request, path);
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
