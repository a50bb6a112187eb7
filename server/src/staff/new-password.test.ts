import { expect, test } from 'vitest';
import { isCommon, isMadeOf } from './new-password.ts';

test('what many people have is common in any case, and a line of the list is not found in the middle of one', async () => {
  for (const password of ['qwertyuiop', 'password123', 'PassWord123', 'toutounette'])
    expect([password, await isCommon(password)]).toEqual([password, true]);
  for (const password of ['correct horse battery', 'hostwright-demo', 'password123 password123', 'ord123\npass', ''])
    expect([password, await isCommon(password)]).toEqual([password, false]);
});

test('a name is no password, whatever stands around it; a sentence that holds it is one', () => {
  const words = ['Nordic Hosting', 'carla.customer@shop.test', 'carla.customer', 'Łukasz Żak', 'Al'];
  for (const password of [
    'nordic-hosting',
    'NordicHosting2026!',
    'Carla.Customer@shop.test',
    '1carlacustomer1',
    'łukaszżak99',
  ])
    expect([password, isMadeOf(password, words)]).toEqual([password, true]);
  for (const password of ['nordic hosting is my shop', '83914-58201', 'al-8391458201', ''])
    expect([password, isMadeOf(password, words)]).toEqual([password, false]);
});
