import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { buildPackage, fillManifest } from '../../teams/build-package.ts';
import { SHORTCUTS } from '../../src/platforms/shortcuts.ts';
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

  test('offers on every message what the code opens', () => {
    expect(manifest.composeExtensions[0]?.commands).toEqual(
      SHORTCUTS.map(({ id, label }) =>
        expect.objectContaining({ id, title: label, type: 'action', context: ['message'], fetchTask: true }),
      ),
    );
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
    expect(ids).toEqual([appId, appId, appId]);
    expect(filled.developer.privacyUrl).toBe('https://cox.example.org/privacy');
    expect(filled.validDomains).toEqual(['cox.example.org']);
  });

  test('says what is wrong with a setting', () => {
    expect(() => fillManifest(text, { appId: '' })).toThrow('MICROSOFT_APP_ID must be the id');
    expect(() => fillManifest(text, { appId, publicUrl: 'cox' })).toThrow('PUBLIC_URL must be an address');
  });
});
