export * from './decimals.ts';
export * from './errors.ts';
export * from './fields.ts';
export * from './gateway.ts';
export * from './http.ts';
export * from './module.ts';
