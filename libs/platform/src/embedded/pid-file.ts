import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './embedded-error.js';

/** What `postmaster.pid` says; `incomplete` while a server writes it, or for ever if the machine stopped then. */
export type PidFile =
  | { readonly state: 'absent' }
  | { readonly state: 'incomplete'; readonly text: string }
  | { readonly state: 'written'; readonly text: string; readonly pid: number; readonly port: number };

export const pidFileOf = (data: string): string => path.join(data, 'postmaster.pid');

export function readPidFile(data: string): PidFile {
  let text: string;
  try {
    text = fs.readFileSync(pidFileOf(data), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { state: 'absent' };
    throw error;
  }
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return { state: 'incomplete', text };
  return { state: 'written', text, pid, port };
}

/**
 * Who has the process id of a pid file:
 * - `gone`: nobody. PostgreSQL clears such a file itself, after looking for backends that outlived their server
 * - `server`: a PostgreSQL on this data directory
 * - `stranger`: something else, since process ids begin anew when a machine does
 * - `unknown`: somebody, and this system does not say who
 */
export type Occupant = 'gone' | 'server' | 'stranger' | 'unknown';

export function occupantOf(pid: number, data: string): Occupant {
  if (!isAlive(pid)) return 'gone';
  const command = commandOf(pid);
  if (command === undefined) return isAlive(pid) ? 'unknown' : 'gone';
  return isServerOf(command, data) ? 'server' : 'stranger';
}

/** Whether the command line `command` is one of a PostgreSQL started on `data`, as this launcher starts it. */
export function isServerOf(command: string, data: string): boolean {
  return /\bpostgres\b/.test(command.slice(0, command.indexOf(data))) && command.includes(`-D ${data} `);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Arguments joined by blanks, with one at the end; empty for a process that has ended and is not yet reaped. */
function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return undefined;
    return `${execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()} `;
  } catch {
    return undefined;
  }
}

/** Takes away a pid file judged stale, unless a server has written a new one since it was read as `text`. */
export function removeStale(data: string, text: string): void {
  const aside = `${pidFileOf(data)}.${randomBytes(6).toString('hex')}`;
  try {
    fs.renameSync(pidFileOf(data), aside);
    if (fs.readFileSync(aside, 'utf8') === text) fs.rmSync(aside);
    else fs.renameSync(aside, pidFileOf(data));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
