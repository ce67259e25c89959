import { runCommand } from './commands.js';

process.env.TZ = 'UTC';
process.exitCode = await runCommand(process.argv.slice(2));
