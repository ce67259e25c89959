/** Where a command prints: a terminal that can redraw a line, or a file that cannot. */
export interface Terminal {
  readonly isTerminal: boolean;
  print(text: string): void;
}

/** One piece of work whose share is shown as it goes. */
export interface Progress {
  /** The share done, 0 to 1. */
  readonly tell: (share: number) => void;
  /** Closes it with a line that stays. */
  readonly end: (line: string) => void;
}

const CELLS = 30;
const ERASE_LINE = '\r\u001b[2K';

/** A bar that is redrawn on a terminal; elsewhere a line when it begins and one when it ends. */
export function startProgress(terminal: Terminal, what: string): Progress {
  let shown = -1;
  if (!terminal.isTerminal) terminal.print(`${what} …\n`);
  return {
    tell: (share) => {
      const percent = Math.floor(Math.min(1, Math.max(0, share)) * 100);
      if (!terminal.isTerminal || percent === shown) return;
      shown = percent;
      const filled = Math.round((percent / 100) * CELLS);
      terminal.print(`${ERASE_LINE}${what} [${'#'.repeat(filled)}${'-'.repeat(CELLS - filled)}] ${percent} %`);
    },
    end: (line) => {
      terminal.print(`${terminal.isTerminal ? ERASE_LINE : ''}${line}\n`);
    },
  };
}
