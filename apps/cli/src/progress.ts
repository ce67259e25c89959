const BAR = 24;
const BETWEEN_MS = 100;
/** Where nobody looks on, a line for each tenth of the way. */
const LINES = 10;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How far a file of known length has been taken: a bar on a terminal, some plain lines anywhere else. */
export class Progress {
  private shownAt = -Infinity;
  private tenths = 0;
  private isDrawn = false;

  constructor(
    private readonly output: Output,
    private readonly size: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  show(bytes: number, note: string): void {
    const share = this.size === 0 ? 1 : Math.min(1, bytes / this.size);
    const percent = `${Math.floor(share * 100)} %`;
    if (this.output.isTTY !== true) {
      const tenths = Math.floor(share * LINES);
      // A short file is done before anybody would ask.
      if (tenths <= this.tenths || (this.tenths === 0 && tenths === LINES)) return;
      this.tenths = tenths;
      this.output.write(`${percent}, ${note}\n`);
      return;
    }
    if (this.now() - this.shownAt < BETWEEN_MS) return;
    this.shownAt = this.now();
    const filled = Math.round(share * BAR);
    this.output.write(`\r\u001b[K[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${percent.padStart(5)}  ${note}`);
    this.isDrawn = true;
  }

  /** Clears the bar. */
  end(): void {
    if (this.isDrawn) this.output.write('\r\u001b[K');
    this.isDrawn = false;
  }
}
