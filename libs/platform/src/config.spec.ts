import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'faultline-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileOf(text: string): string {
  const file = path.join(folder, `secret-${files++}`);
  writeFileSync(file, text);
  return file;
}
const complaint = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return 'none';
};

describe('settings', () => {
  it('that are secret are read from files too, as a vault mounts them', () => {
    const config = readConfig({
      DATABASE_URL_APP_FILE: fileOf('postgresql://app:word@db/faultline\n'),
      FAULTLINE_OIDC_CLIENT_SECRET_FILE: fileOf('a secret of the provider'),
      FAULTLINE_FEED_CREDENTIALS_FILE: fileOf('{"radar":{"token":"t"}}\r\n'),
    });
    expect(config.DATABASE_URL_APP).toBe('postgresql://app:word@db/faultline');
    expect(config.FAULTLINE_OIDC_CLIENT_SECRET).toBe('a secret of the provider');
    expect(config.FAULTLINE_FEED_CREDENTIALS).toEqual({ radar: { token: 't' } });
    const both = { DATABASE_URL_APP: 'postgresql://given', DATABASE_URL_APP_FILE: '/nowhere' };
    expect(readConfig(both).DATABASE_URL_APP).toBe('postgresql://given');
  });

  it('say which file cannot be read, and nothing of what stands in one that is wrong', () => {
    expect(complaint({ DATABASE_URL_APP_FILE: '/nowhere/at/all' })).toBe(
      'DATABASE_URL_APP_FILE: cannot read "/nowhere/at/all" (ENOENT): name a file this process may read',
    );
    for (const name of ['DATABASE_URL', 'FAULTLINE_SMTP_URL', 'FAULTLINE_FEED_CREDENTIALS']) {
      const said = complaint({ [`${name}_FILE`]: fileOf('hunter2') });
      expect(said).toContain(`${name}: got a value of another form`);
      expect(said).not.toContain('hunter2');
    }
    expect(complaint({ FAULTLINE_PORT_FILE: '/etc/hostname' })).toContain('FAULTLINE_PORT_FILE: no such setting');
  });
});
