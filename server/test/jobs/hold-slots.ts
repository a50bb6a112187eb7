/** hold-slots.ts <database url> <name> <slots> <times> [milliseconds]: takes a slot again and again and prints when it had it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { createLocks } from '../../src/kit/locks.ts';

const [connectionString = '', name = '', slots, times, holdMs] = process.argv.slice(2);
const locks = await createLocks({ connection: { connectionString }, log: pino({ level: 'silent' }) });
// One clock for all processes of the machine.
const now = () => Number(process.hrtime.bigint() / 1000n);

for (let held = 0; held < Number(times); ) {
  const release = await locks.trySlot(name, Number(slots));
  if (!release) {
    await sleep(1);
    continue;
  }
  const from = now();
  await sleep(Number(holdMs ?? 1 + Math.random() * 8));
  const to = now();
  await release();
  console.log(JSON.stringify({ from, to }));
  held += 1;
}
await locks.close();
