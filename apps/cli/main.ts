#!/usr/bin/env node
const NEEDED = 24;

// What Kontor is built on does not even load on older versions, and would say so in nobody's words.
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `kontor needs Node ${NEEDED}, and this is ${process.versions.node}. npm brings it along: npm run kontor -- ...\n`,
  );
  process.exit(2);
}
// A rebuild takes half the memory where garbage is looked for earlier.
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--heap-growing-percent=30');
setFlagsFromString('--max-semi-space-size=16');
// Commands start in less time when they needn't be compiled.
(await import('node:module')).enableCompileCache();
const { runProgram } = await import('./program.js');
await runProgram();
