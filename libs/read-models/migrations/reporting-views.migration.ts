import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportingViews } from '../reporting/index.js';

/** A change of a view needs a migration that runs the statements again, as this one does. */
export class ReportingViews1794000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of reportingViews) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA reporting CASCADE; CREATE SCHEMA reporting');
  }
}
