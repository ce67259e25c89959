// A reader for the parser's threads that does what a document of the worst kind would make ours do. Any other document is
// read by the readers of the project as they are built.
import { readInThread as read } from '../../dist/libs/feeds/src/parse-thread.js';

export function readInThread(task) {
  const text = new TextDecoder().decode(task.document.bytes.subarray(0, 20));
  if (text === 'endless') for (;;);
  if (text === 'hungry') {
    const held = [];
    for (;;) held.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
  }
  if (text === 'failing') throw new TypeError('cannot read what is not there');
  if (text === 'exiting') process.exit(1);
  return read(task);
}
