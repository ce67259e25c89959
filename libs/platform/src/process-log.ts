import os from 'node:os';
import { pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.js';

/** What of a request is written down. Its query is not: sign-in secrets pass through it, and what somebody looks for. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly ip: string;
}

/**
 * The log of a process: a line of JSON for each entry, with its instant in UTC, on standard output.
 * Of an error stand its kind, message, code and stack, and not what a driver hangs on it: the values of a statement can
 * be anybody's.
 */
export function processLog(
  role: 'api' | 'worker',
  level: Config['FAULTLINE_LOG'],
  to: DestinationStream = pino.destination(1),
): Logger {
  return pino(
    {
      level,
      base: { role, pid: process.pid, host: os.hostname() },
      timestamp: stdTimeFunctions.isoTime,
      serializers: {
        req: ({ method, url, ip }: Asked) => ({ method, path: url.split('?')[0], from: ip }),
        err: (error: Error) => {
          const { type, message, code, stack } = stdSerializers.err(error) as ReturnType<typeof stdSerializers.err> & {
            code?: unknown;
          };
          return { type, message, code, stack };
        },
      },
    },
    to,
  );
}
