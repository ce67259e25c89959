import { z } from 'zod';
import { PASSWORD_LENGTH } from '@faultline/access';
import { Instant } from './coordinates.js';

const Current = z.string().min(1).max(PASSWORD_LENGTH.most).describe('The password of now');

export const PasswordBody = z.strictObject({
  current: Current,
  next: z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most),
});

export const EndSessionsBody = z.strictObject({
  current: Current,
  sessionId: z.uuid().optional().describe('One of the own sessions; all but the one that asks where it is left out'),
});

export const SessionList = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        startedAt: Instant,
        lastUsedAt: Instant.nullable().describe('Exact to some minutes'),
        endsAt: Instant.nullable(),
        isThisOne: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SessionList' });
