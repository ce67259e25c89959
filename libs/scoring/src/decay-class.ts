/** Incidents that fade alike, on one clock: a dead feed's class stands still while the others go on. */
export interface DecayClass {
  /** Days after which an incident weighs half; infinite for a plain count. τ days of e^(−t/τ) are τ·ln 2. */
  readonly halfLifeDays: number;
  /** Days since the Unix epoch up to which the class's feed is known to be complete, and time counts. */
  readonly clockDay: number;
}

/**
 * How a class's sums are kept. What is summed is each incident's weight as of an **epoch**, the last whole number of
 * half-lives before the clock; reading multiplies by what has faded since. So time passing changes one factor, between
 * 1 and ½, and the sums only when a half-life is over. The epoch depends on the clock alone: however the clock came to
 * where it is, the same incidents are summed from the same epoch.
 */
export interface DecayFrame {
  readonly halfLifeDays: number;
  readonly clockDay: number;
  readonly epochDay: number;
  /** What is left at the clock of what was summed at the epoch, in (½, 1]. */
  readonly sinceEpoch: number;
}

/** @throws RangeError for a half-life that is not positive or a clock that is not finite */
export function decayFrame({ halfLifeDays, clockDay }: DecayClass): DecayFrame {
  if (!(halfLifeDays > 0) || !Number.isFinite(clockDay)) {
    throw new RangeError(
      `decayFrame: got half-life ${halfLifeDays} days at day ${clockDay}, wanted more than 0 and a finite day`,
    );
  }
  const epochDay = Number.isFinite(halfLifeDays) ? Math.floor(clockDay / halfLifeDays) * halfLifeDays : 0;
  return { halfLifeDays, clockDay, epochDay, sinceEpoch: fading(clockDay - epochDay, halfLifeDays) };
}

/**
 * The factor on an incident's weight at the frame's epoch, at most 2. An incident after the clock counts as of the
 * clock: its age is 0 and not negative.
 */
export function weightAtEpoch(occurredDay: number, frame: DecayFrame): number {
  return fading(frame.epochDay - Math.min(occurredDay, frame.clockDay), frame.halfLifeDays);
}

function fading(days: number, halfLifeDays: number): number {
  return 2 ** (-days / halfLifeDays);
}
