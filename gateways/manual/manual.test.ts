import { gatewaySuite } from '../../sdk/testing/gateway-suite.ts';
import manual from './index.ts';

gatewaySuite({
  gateway: manual,
  settings: { instructions: 'Transfer to AT61 1904 3002 3457 3201, reference {number}.' },
  instructionsInclude: 'AT61 1904 3002 3457 3201, reference INV-000042.',
});
