import type { Command } from 'commander';
import { startShop } from '../start-shop.ts';
import { untilStopped } from './until-stopped.ts';

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Run the shop: web, API and workers, with a demo shop when the database is empty')
    .option('--no-demo', 'an empty shop instead; its owner is made with a link printed here')
    .action(async ({ demo }: { demo: boolean }) => {
      const shop = await startShop({ demo, environment: process.env, say: (line) => console.log(line) });
      await untilStopped();
      console.log('Stopping …');
      await shop.stop();
    });
}
