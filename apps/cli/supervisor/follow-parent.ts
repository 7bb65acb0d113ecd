import { enableCompileCache } from 'node:module';

/**
 * Loaded before a part's own code: the part drains and ends when whoever started it is gone, even if that was killed
 * outright. The channel tells, and does not keep the part alive by itself.
 */
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

// A part starts, and starts again, in less time where its code was compiled before.
enableCompileCache();
