import type { z } from 'zod';
import type { profileShape } from './schemas.ts';

/** What a customer tells about itself: everything but e-mail and currency. */
export type Profile = z.output<typeof profileShape>;
