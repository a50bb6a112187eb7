export * from './certificate.ts';
export * from './contract-suite.ts';
export * from './simulator.ts';
