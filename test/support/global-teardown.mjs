export default async function globalTeardown() {
  await globalThis.kontorTestDatabaseServer?.stop();
}
