import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { buildPackage, fillManifest } from '../../teams/build-package.ts';
import { formNamed } from '../../commands/forms/index.ts';
import { parseLine } from '../../src/grammar/route.ts';
import { SHORTCUTS } from '../../src/platforms/shortcuts.ts';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import { manifestSchema } from './manifest-schema.ts';

const read = (name: string) => readFileSync(new URL(`../../teams/${name}`, import.meta.url));
const text = read('manifest.json').toString('utf8');
const manifest = manifestSchema.parse(JSON.parse(text));
const appId = '11111111-2222-3333-4444-555555555555';

/** Width and height stand at fixed places of a PNG's first chunk. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe('the manifest', () => {
  test('is of schema 1.30 and of this version of Coxswain', () => {
    expect(manifest.version).toBe(packageJson.version);
  });

  test('serves chats, teams and group chats', () => {
    expect(manifest.bots[0]?.scopes).toEqual(['personal', 'team', 'groupChat']);
  });

  test('offers the commands in the slash menu of groups, where the bot takes targeted messages', () => {
    const bot = manifest.bots[0];
    expect(bot?.supportsTargetedMessages).toBe(true);
    expect(bot?.commandLists.find((list) => list.scopes.includes('team'))?.triggers).toEqual([
      'mention',
      'slash',
    ]);
  });

  test('offers only commands that exist', () => {
    const known = (title: string) => {
      const [name, verb] = title.split(' ');
      const command = COMMANDS.find((c) => c.name === name);
      return command !== undefined && (verb === undefined || command.verbs.some((v) => v.name === verb));
    };
    const titles = manifest.bots[0]?.commandLists.flatMap((list) => list.commands.map((c) => c.title)) ?? [];
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !known(title))).toEqual([]);
  });

  test('offers on every message, and beside what is being written, what the code opens', () => {
    const offered = manifest.composeExtensions[0]?.commands ?? [];
    const titles = (context: 'message' | 'compose') =>
      offered.filter((one) => one.context.includes(context)).map(({ id, title }) => ({ id, label: title }));
    expect(titles('message')).toEqual(SHORTCUTS.map(({ id, label }) => ({ id, label })));
    const starters = STARTERS.map(({ id, label }) => ({ id, label }));
    expect(titles('compose')).toHaveLength(starters.length);
    expect(titles('compose')).toEqual(expect.arrayContaining(starters));
    expect(offered.every((one) => one.type === 'action' && one.fetchTask)).toBe(true);
  });

  test('has them in the command box and in the slash menu, too', () => {
    const beside = manifest.composeExtensions[0]?.commands.filter((one) => one.context.includes('compose'));
    expect(beside?.every((one) => one.context.includes('commandBox') && one.triggers?.[0] === 'slash')).toBe(
      true,
    );
  });

  test('opens forms that exist and runs commands that are understood', () => {
    for (const { opens } of STARTERS)
      expect(() =>
        opens.kind === 'form' ? formNamed(opens.name) : parseLine(COMMANDS, opens.line),
      ).not.toThrow();
  });

  test.each([
    ['color.png', [192, 192]],
    ['outline.png', [32, 32]],
  ])('has its icon %s in the size that Teams wants', (name, size) => {
    expect(sizeOf(read(name))).toEqual(size);
  });
});

describe('the package', () => {
  test('holds the manifest with the app id and the address, and both icons', async () => {
    const files = unzipSync(await buildPackage({ appId, publicUrl: 'https://cox.example.org/' }));
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    const filled = manifestSchema.parse(JSON.parse(new TextDecoder().decode(files['manifest.json'])));
    const ids = [filled.id, filled.bots[0]?.botId, filled.composeExtensions[0]?.botId];
    expect([...ids, filled.webApplicationInfo?.id]).toEqual(Array(4).fill(appId));
    expect(filled.developer.privacyUrl).toBe('https://cox.example.org/privacy');
    expect(filled.validDomains).toEqual(['cox.example.org']);
  });

  test('of a managed identity asks for no permission in chats, since those need an app registration', () => {
    const filled = manifestSchema.parse(JSON.parse(fillManifest(text, { appId, managedIdentity: true })));
    expect([filled.webApplicationInfo, filled.authorization]).toEqual([undefined, undefined]);
    expect(filled.bots[0]?.botId).toBe(appId);
  });

  test('says what is wrong with a setting', () => {
    expect(() => fillManifest(text, { appId: '' })).toThrow('MICROSOFT_APP_ID must be the id');
    expect(() => fillManifest(text, { appId, publicUrl: 'cox' })).toThrow('PUBLIC_URL must be an address');
  });
});
