/** What a package gives, and an account may use. */

/** `null` is unlimited. Disk and traffic in MB, the rest counts. */
export interface Limits {
  quota: number | null;
  bwlimit: number | null;
  maxftp: number | null;
  maxsql: number | null;
  maxpop: number | null;
  maxlst: number | null;
  maxsub: number | null;
  maxpark: number | null;
  maxaddon: number | null;
}

/** `default` gives everything; each further package more than the one before. */
export function limitsByPlace(index: number): Limits {
  const unlimited = { maxftp: null, maxlst: null, maxsub: null };
  if (index === 0)
    return { ...unlimited, quota: null, bwlimit: null, maxsql: null, maxpop: null, maxpark: 0, maxaddon: 0 };
  return {
    ...unlimited,
    quota: index * 10_240,
    bwlimit: index * 102_400,
    maxsql: index * 5,
    maxpop: index * 10,
    maxpark: index - 1,
    maxaddon: index - 1,
  };
}
