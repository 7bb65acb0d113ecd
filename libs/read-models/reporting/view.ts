/** A view for reporting tools. Its columns keep their names and meanings; new ones may be added. */
export interface ReportingView {
  readonly name: string;
  readonly comment: string;
  /** What each column means, in the order of the query. */
  readonly columns: Readonly<Record<string, string>>;
  readonly query: string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Statements that make the view anew, with its comments. */
export const createView = ({ name, comment, columns, query }: ReportingView): readonly string[] => [
  `DROP VIEW IF EXISTS reporting.${name}`,
  `CREATE VIEW reporting.${name} (${Object.keys(columns).join(', ')}) AS ${query}`,
  `COMMENT ON VIEW reporting.${name} IS ${quoted(comment)}`,
  ...Object.entries(columns).map(
    ([column, meaning]) => `COMMENT ON COLUMN reporting.${name}.${column} IS ${quoted(meaning)}`,
  ),
];
