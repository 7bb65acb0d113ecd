import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const KAFKA_VERSION = '4.4.0';

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kontor</groupId><artifactId>kafka-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Fetches Kafka's jars from Maven Central into .kontor/, once; answers the folder that holds them. */
export async function kafkaJars(): Promise<string> {
  const cache = resolve('.kontor', 'kafka');
  const jars = join(cache, KAFKA_VERSION);
  if (existsSync(jars)) return jars;
  const fetching = join(cache, `fetching-${process.pid}`);
  await mkdir(fetching, { recursive: true });
  try {
    await writeFile(join(fetching, 'pom.xml'), POM);
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'];
    await run('mvn', ['-q', '-B', ...goal], { cwd: fetching });
    await rename(join(fetching, 'jars'), jars).catch((error: unknown) => {
      if (!existsSync(jars)) throw error; // another run was faster
    });
  } finally {
    await rm(fetching, { recursive: true, force: true });
  }
  return jars;
}
