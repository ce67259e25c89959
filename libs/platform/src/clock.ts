/** Business time as an ISO 8601 instant in UTC with milliseconds. Passed to SQL as an argument, never read there. */
export interface Clock {
  now(): string;
}

/** Injection token of the one business clock of a process. */
export const CLOCK = Symbol('Clock');

export class SystemClock implements Clock {
  now(): string {
    return new Date().toISOString();
  }
}

/** A clock that stands still until it is told to move: for timelines. */
export class FakeClock implements Clock {
  constructor(private instant: string) {}

  now(): string {
    return this.instant;
  }

  moveTo(instant: string): void {
    this.instant = new Date(instant).toISOString();
  }
}
