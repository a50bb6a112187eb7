import { expect, test } from 'vitest';
import { fieldsSchema, number, secret, secretNames, select, text, toggle } from './fields.ts';

const fields = {
  username: text('User', { default: 'root' }),
  token: secret('Token'),
  host: text('Host', { required: false }),
  package: select('Package', [], { choicesFrom: 'listPackages' }),
  disk: number('Disk', { min: 1, default: 10 }),
  keep: toggle('Keep'),
  signOn: toggle('Sign on', { default: true }),
};
const schema = fieldsSchema(fields);

test('blank values become their defaults, and form text becomes numbers and booleans', () => {
  expect(schema.parse({ username: '', token: 'T', package: 'gold', disk: '20', keep: 'true' })).toEqual({
    username: 'root',
    token: 'T',
    host: undefined,
    package: 'gold',
    disk: 20,
    keep: true,
    signOn: true,
  });
});

test('a missing required value, a value out of bounds and an unknown name are refused by name', () => {
  const given = { package: 'gold', disk: 0, tokn: 'T' };
  const paths = schema.safeParse(given).error?.issues.map(({ path, code }) => [path.join('.'), code]);
  expect(paths).toContainEqual(['token', 'invalid_type']);
  expect(paths).toContainEqual(['disk', 'too_small']);
  expect(paths).toContainEqual(['', 'unrecognized_keys']);
});

test('secret fields are known by name', () => {
  expect(secretNames(fields)).toEqual(['token']);
});
