import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EVENTS_PATH } from '../../src/platforms/slack/http.ts';
import { SHORTCUTS } from '../../src/platforms/shortcuts.ts';
import { REDIRECT_PATH } from '../../src/platforms/slack/install.ts';
import { COMMAND, EVENT_SCOPES, METHOD_SCOPES, SCOPES } from '../../src/platforms/slack/scopes.ts';

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));
const folder = new URL('../../src/platforms/slack/', import.meta.url);
const code = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const sorted = (items: Iterable<string>) => [...new Set(items)].toSorted();

describe('the Slack manifest says what the code does', () => {
  it('the methods listed are the methods called', () => {
    const byLibrary = code.matchAll(/\bclient\.((?:auth|chat|conversations|files|users|views)\.\w+)\b/g);
    const byModals = code.matchAll(/'(views\.\w+)'(?!:)/g);
    const called = [...byLibrary, ...byModals].map((match) => match[1] ?? '');
    expect(sorted(called)).toEqual(sorted(Object.keys(METHOD_SCOPES)));
  });

  it('the events listed are the events heard', () => {
    const heard = [...code.matchAll(/app\.event\(\s*'(\w+)'/g)].map((match) => match[1] ?? '');
    const listed = Object.keys(EVENT_SCOPES).map((event) => event.replace(/^message\..*/, 'message'));
    expect(sorted(heard)).toEqual(sorted(listed));
  });

  it('asks for these events and no others', () => {
    expect(sorted(manifest.settings.event_subscriptions.bot_events)).toEqual(
      sorted(Object.keys(EVENT_SCOPES)),
    );
  });

  it('asks for the scopes that methods, events and the command need, and no others', () => {
    const needed = [...Object.values(METHOD_SCOPES), ...Object.values(EVENT_SCOPES)].flat();
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(sorted(['commands', ...needed]));
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  it('the page about installing says what each scope is for', () => {
    const page = readFileSync(new URL('../../docs/install-slack.md', import.meta.url), 'utf8');
    const [, table = ''] = /<!-- scopes[^>]*-->([^]*?)<!-- \/scopes -->/.exec(page) ?? [];
    const explained = [...table.matchAll(/^\| `([^`]+)`\s*\| (?=\S{2})/gm)].map((row) => row[1] ?? '');
    expect(sorted(explained)).toEqual(sorted(manifest.oauth_config.scopes.bot));
  });

  it('offers the command and the shortcuts that are listened to', () => {
    expect(manifest.features.slash_commands.map((c: { command: string }) => c.command)).toEqual([COMMAND]);
    expect(manifest.features.shortcuts).toEqual(
      SHORTCUTS.map(({ id, label }) =>
        expect.objectContaining({ callback_id: id, name: label, type: 'message' }),
      ),
    );
    expect(manifest.features.slash_commands[0].should_escape).toBe(true);
  });

  it('sends everything to the one address that answers', () => {
    const { event_subscriptions: events, interactivity } = manifest.settings;
    const urls = [
      events.request_url,
      interactivity.request_url,
      interactivity.message_menu_options_url,
      manifest.features.slash_commands[0].url,
    ];
    expect(urls.map((url: string) => new URL(url).pathname)).toEqual(urls.map(() => EVENTS_PATH));
  });

  it('says why of each scope, on the page for installing and in the docs alike', () => {
    expect(sorted(Object.keys(SCOPES))).toEqual(sorted(manifest.oauth_config.scopes.bot));
    const page = readFileSync(new URL('../../docs/install-slack.md', import.meta.url), 'utf8').replaceAll(
      '`',
      '',
    );
    for (const [scope, why] of Object.entries(SCOPES)) {
      const row = page.split('\n').find((line) => line.startsWith(`| ${scope} `));
      expect(row?.replaceAll(/\s+/g, ' ')).toBe(`| ${scope} | ${why} |`);
    }
  });

  it('lets Slack send people back to where installations are finished, and renews no token of the configuration', () => {
    expect(manifest.oauth_config.redirect_urls.map((url: string) => new URL(url).pathname)).toEqual([
      REDIRECT_PATH,
    ]);
    expect(manifest.settings.token_rotation_enabled).toBe(false);
  });

  it('keeps to Slack’s lengths', () => {
    const { name, description, long_description: long } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long.length).toBeGreaterThanOrEqual(175);
    for (const { name: label, description: words } of manifest.features.shortcuts) {
      expect(label.length).toBeLessThanOrEqual(24);
      expect(words.length).toBeLessThanOrEqual(150);
    }
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
  });
});
