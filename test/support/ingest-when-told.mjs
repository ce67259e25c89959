// `faultline ingest` as it is built, in a process that has loaded everything and waits for the word: what a spec kills is
// then the work and not the start of Node. Arguments come as one message; at its end the exit code goes back.
import { runIngest } from '../../dist/apps/cli/src/ingest.command.js';

process.on('disconnect', () => process.exit(0));
process.once('message', (args) => {
  void runIngest(args).then(
    (code) => process.send({ code }),
    (error) => process.send({ code: 1, error: String(error?.stack ?? error) }),
  );
});
process.send('ready');
