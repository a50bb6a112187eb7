/** The lock held by whoever runs or resolves an operation. */
export const lockKey = (operationId: string) => `operation:${operationId}`;
