/** Where a package change is looked at, priced and asked for: customers and staff use doors of their own. */
export const PACKAGE_DOORS = {
  customer: {
    packages: '/api/v1/portal/services/{id}/packages',
    quote: '/api/v1/portal/services/{id}/package-change/quote',
    change: '/api/v1/portal/services/{id}/package-change',
  },
  staff: {
    packages: '/api/v1/services/{id}/packages',
    quote: '/api/v1/services/{id}/package-change/quote',
    change: '/api/v1/services/{id}/package-change',
  },
} as const;

export type PackageDoor = keyof typeof PACKAGE_DOORS;
