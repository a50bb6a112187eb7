import { useRef } from 'react';
import { ApiProblem } from './problem.ts';

/**
 * Sends something that must happen once: pressing the button again after a lost answer repeats the same attempt,
 * while changed input, or input the server refused, makes a new one.
 */
export function useAttempt() {
  const attempt = useRef<{ body: string; key: string } | null>(null);
  return async <T>(body: unknown, run: (idempotencyKey: string) => Promise<T>): Promise<T> => {
    const text = JSON.stringify(body);
    if (attempt.current?.body !== text) attempt.current = { body: text, key: randomKey() };
    try {
      const answer = await run(attempt.current.key);
      attempt.current = null;
      return answer;
    } catch (error) {
      const lost = error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
      if (!lost) attempt.current = null;
      throw error;
    }
  };
}

/** 128 random bits. `crypto.randomUUID` exists on https only, and a shop may be tried out on a plain address. */
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
