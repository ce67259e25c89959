/** A command line that cannot be understood: one line that says what was got and what was wanted. Exit 2. */
export class UsageError extends Error {
  static readonly exitCode = 2;
}

export const USAGE = `faultline: an exposure ledger for cloud infrastructure

  faultline up [--port N] [--data DIR] [--database URL]   start the whole service
  faultline migrate [--data DIR] [--database URL]         bring the database to this build's schema
  faultline signin [--data DIR] [--database URL]          print a sign-in link that works once
  faultline users list | add LOGIN [--role R] [--password-stdin] | disable LOGIN | enable LOGIN [--tenant T]
                                                          who may sign in
  faultline keys list | add LABEL [--role R] [--scope S]… [--days N] | rotate ID | revoke ID [--tenant T]
                                                          API keys
  faultline tenants add ID [--name NAME]                  another organisation in this installation
  faultline ingest FEED FILE… [--retrieved-at ISO]        take captured files through the normal path
  faultline reread FEED [--since ISO]                     read kept documents again after a fix of their reader
  faultline import FILE --tenant T [--map MAP.json] [--dry-run] [--partial] [--report FILE]
                                                          import a portfolio: CSV, XLSX or GeoJSON
  faultline subscribe --region ID… (--webhook URL | --email ADDRESS) [--condition STATE] [--quorum] [--lifecycle]
      [--cause] [--duration] [--likelihood BAND] [--title TEXT] [--ed25519] [--tenant T]   be told when it matters
  faultline routes --incident ID|FILE                     who would be told, and why the others not; sends nothing
  faultline score IN.json [-o OUT.json]                   score a document; no database
  faultline backtest DATA -o DIR [--country NAME]         how well the model forecasts a UCDP GED record; no database
  faultline report --subject ID --as-of T [--position N] -o DIR
                                                          write a signed exposure report of a cloud region
  faultline verify DIR [--key FILE] [--checkpoint FILE]   verify a report; no database, no network

Settings and their defaults are in docs/operations.md.
`;
