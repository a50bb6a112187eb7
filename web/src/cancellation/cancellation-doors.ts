/** Where a service is given up and kept after all: customers and staff use doors of their own. */
export const CANCELLATION_DOORS = {
  customer: {
    request: '/api/v1/portal/services/{id}/request-cancellation',
    withdraw: '/api/v1/portal/services/{id}/withdraw-cancellation',
  },
  staff: {
    request: '/api/v1/services/{id}/request-cancellation',
    withdraw: '/api/v1/services/{id}/withdraw-cancellation',
  },
} as const;

export type CancellationDoor = keyof typeof CANCELLATION_DOORS;
