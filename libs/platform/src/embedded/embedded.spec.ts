import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reasonOf } from './launch.js';
import { openLog, tailOf } from './log-file.js';
import { isServerOf, occupantOf, readPidFile, removeStale } from './pid-file.js';
import { accountOf, isReachable } from './server-user.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline embedded '));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});
const write = (name: string, text: string) => fs.writeFileSync(path.join(dir, name), text);

describe('the pid file', () => {
  it('is absent, incomplete or written', () => {
    expect(readPidFile(dir)).toEqual({ state: 'absent' });
    for (const text of ['', '123', '123\n/data\n1790000000\n', 'x\n/data\n1790000000\n5432\n']) {
      write('postmaster.pid', text);
      expect(readPidFile(dir)).toEqual({ state: 'incomplete', text });
    }
    const text = '123\n/data\n1790000000\n5432\n\n127.0.0.1\n';
    write('postmaster.pid', text);
    expect(readPidFile(dir)).toEqual({ state: 'written', text, pid: 123, port: 5432 });
  });

  it('is taken away only while it says what was judged stale', () => {
    write('postmaster.pid', 'new');
    removeStale(dir, 'old');
    expect(fs.readdirSync(dir)).toEqual(['postmaster.pid']);
    removeStale(dir, 'new');
    expect(fs.readdirSync(dir)).toEqual([]);
    removeStale(dir, 'new');
  });

  it('tells a server of this directory from whatever else has its process id', () => {
    expect(isServerOf('/opt/native/bin/postgres -D /a b/data -p 5 ', '/a b/data')).toBe(true);
    expect(isServerOf('/opt/native/bin/postgres -D /a b/data2 -p 5 ', '/a b/data')).toBe(false);
    expect(isServerOf('tail -D /a b/data ', '/a b/data')).toBe(false);
    expect(isServerOf('', '/a b/data')).toBe(false);
    expect(occupantOf(process.pid, dir)).toBe('stranger');
    expect(occupantOf(2 ** 22 + 1, dir)).toBe('gone');
  });
});

describe('the account of the server', () => {
  it('is postgres, else nobody, else none', () => {
    const nobody = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n';
    expect(accountOf(`${nobody}postgres:x:70:71::/:/bin/sh\n`)).toEqual({ uid: 70, gid: 71 });
    expect(accountOf(nobody)).toEqual({ uid: 65534, gid: 65533 });
    expect(accountOf('root:x:0:0::/root:/bin/sh\n')).toBeUndefined();
  });

  it('reaches a directory only through directories it may search', () => {
    const deep = path.join(dir, 'closed', 'data');
    fs.mkdirSync(deep, { recursive: true });
    fs.chmodSync(dir, 0o711);
    const stranger = { uid: 64_001, gid: 64_001 };
    fs.chmodSync(path.join(dir, 'closed'), 0o700);
    expect(isReachable(deep, stranger)).toBe(false);
    fs.chmodSync(path.join(dir, 'closed'), 0o701);
    fs.chmodSync(deep, 0o755);
    expect(isReachable(path.join(deep, 'not-yet-there'), stranger)).toBe(true);
  });
});

describe('the log of the server', () => {
  it('is set aside when it has grown, once', () => {
    const file = path.join(dir, 'postgres.log');
    for (const text of ['first', 'second']) {
      write('postgres.log', text.padEnd(5_000_001));
      const { handle, begin } = openLog(file, undefined);
      fs.closeSync(handle);
      expect(begin).toBe(0);
      expect(fs.readFileSync(`${file}.1`, 'utf8').trim()).toBe(text);
    }
    expect(fs.readdirSync(dir).sort()).toEqual(['postgres.log', 'postgres.log.1']);
  });

  it('gives the newest lines of one server, or of its loader', () => {
    write('postgres.log', 'old [7] x\na [7] one\nb [8] two\nc [7] three\n');
    const file = path.join(dir, 'postgres.log');
    expect(tailOf(file, 10, 7)).toEqual(['a [7] one', 'c [7] three']);
    expect(tailOf(file, 10, 7, 1)).toEqual(['c [7] three']);
    expect(tailOf(file, 10, 9)).toEqual(['a [7] one', 'b [8] two', 'c [7] three']);
  });

  it('tells why a server ended at once', () => {
    expect(reasonOf(['FATAL:  lock file "postmaster.pid" already exists', 'HINT:  …'])).toBe('taken');
    expect(reasonOf(['FATAL:  could not create any TCP/IP sockets'])).toBe('port-taken');
    expect(reasonOf(['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use'])).toBe(
      'backends-linger',
    );
    expect(reasonOf(['FATAL:  data directory "/x" has wrong ownership'])).toBe('failed');
  });
});
