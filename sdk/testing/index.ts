export * from './certificate.ts';
export * from './harness.ts';
export * from './simulator.ts';
export * from './simulator-client.ts';
