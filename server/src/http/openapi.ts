/** The OpenAPI document, from the endpoints the rooms declare. */
import { OpenAPIHono } from '@hono/zod-openapi';
import * as automation from '../automation/schemas.ts';
import * as billing from '../billing/schemas.ts';
import * as catalogue from '../catalogue/schemas.ts';
import * as customers from '../customers/schemas.ts';
import * as hosting from '../hosting/schemas.ts';
import { type Endpoint, type Env, handle } from '../kit/endpoint.ts';
import * as mail from '../mail/schemas.ts';
import * as operations from '../operations/schemas.ts';
import * as orders from '../orders/schemas.ts';
import * as payments from '../payments/schemas.ts';
import * as provisioning from '../provisioning/schemas.ts';
import * as staff from '../staff/schemas.ts';

const rooms = [
  staff,
  customers,
  catalogue,
  billing,
  payments,
  provisioning,
  operations,
  hosting,
  orders,
  automation,
  mail,
];

/** Every endpoint of the API, in the order of the document. */
export const endpoints: Endpoint[] = rooms.flatMap((room) => Object.values(room).filter(isEndpoint));

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}

/** The whole document; the same on every call. */
export function openapiDocument() {
  const app = new OpenAPIHono<Env>();
  for (const definition of endpoints) handle(app, { ...definition, path: apiPath(definition.path) }, async () => null);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'hostwright.session_token',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Hostwright API',
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description:
        "Amounts are integers in minor units of the currency beside them. Errors are RFC 9457 problem documents with stable codes. `x-access` says who may call: `public`, `session` (signed in, not by key), `customer`, or a staff permission; `x-customer-right` which of a customer's users, `x-in-person` that no key will do, `x-confirmed-email` that they must have confirmed their address, `x-impersonation` that staff who act as a customer may. Over https the session cookie is called `__Host-hostwright.session_token`.",
    },
    servers: [{ url: '/' }],
  });
}

/** `/api/v1` in front, unless the path is one of the operator's known `/api/...` paths. */
export const apiPath = (path: string) => (path.startsWith('/api/') ? path : `/api/v1${path}`);
