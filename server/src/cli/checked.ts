import type { z } from 'zod';
import { Invalid } from '../kit/errors.ts';

/**
 * What was typed, by the same shape the API takes it in.
 *
 * @param endpoint the one that takes the same in its body
 * @throws Invalid `bad_input` naming every value that does not fit
 */
export function checked<S extends z.ZodType>(endpoint: { body?: S | undefined }, typed: unknown): z.output<S> {
  const parsed = (endpoint.body as S).safeParse(typed); // every endpoint named here declares a body
  if (parsed.success) return parsed.data;
  throw new Invalid('bad_input', {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
