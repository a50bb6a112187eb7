import type { components, paths } from './schema.ts';

/** A shape of the API by its name: `Api<'Invoice'>`. */
export type Api<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Paths that answer this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;

type Parameters<O> = O extends { parameters: infer R } ? Pick<R, keyof R & ('path' | 'query')> : unknown;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : { body?: never };

/** Path and query parameters of a GET. */
export type ParamsOf<P extends keyof paths, M extends Method = 'get'> = Parameters<Operation<P, M>>;
/** Path, query and body of any request. */
export type InputOf<P extends keyof paths, M extends Method> = Parameters<Operation<P, M>> & Body<Operation<P, M>>;

type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
/** What a request answers when it succeeds; `undefined` for 204. */
export type AnswerOf<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Json<R[keyof R & (200 | 201 | 202 | 204)]> : never;

/** Paths that answer a keyset page, and a row of one. */
export type ListPath = {
  [P in PathOf<'get'>]: AnswerOf<P, 'get'> extends { items: unknown[]; nextCursor: string | null; total: number }
    ? P
    : never;
}[PathOf<'get'>];
export type RowOf<P extends ListPath> = AnswerOf<P, 'get'> extends { items: (infer T)[] } ? T : never;
