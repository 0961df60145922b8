import { describe, expect, test } from 'vitest';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';

describe.each(ENGINES)('%s', (engine) => {
  test('smoke', async () => {
    const app = await testApp(engine);
    expect(app.people.ana).not.toBe('');
  });
});
