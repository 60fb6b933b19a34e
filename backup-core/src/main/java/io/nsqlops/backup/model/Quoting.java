package io.nsqlops.backup.model;

/**
 * How quotes are meant in a statement, which the sql_mode it was written under decides.
 *
 * @param backslashEscapes whether a backslash escapes in strings
 * @param doubleQuotedNames whether double quotes hold a name (ANSI_QUOTES) instead of a string
 */
public record Quoting(boolean backslashEscapes, boolean doubleQuotedNames) {
  /** Where sql_mode says nothing of it, as in the definitions of tables that servers print. */
  public static final Quoting USUAL = new Quoting(true, false);

  /** By an sql_mode as the server prints it: what ANSI and ORACLE stand for is named there too. */
  public static Quoting of(String sqlMode) {
    return new Quoting(!sqlMode.contains("NO_BACKSLASH_ESCAPES"), sqlMode.contains("ANSI_QUOTES"));
  }

  /** Whether a name stands in these quotes. */
  public boolean ofName(int quote) {
    return quote == '`' || (doubleQuotedNames && quote == '"');
  }

  /** Whether a backslash escapes in these quotes; in those of a name it never does. */
  public boolean escapesIn(int quote) {
    return backslashEscapes && !ofName(quote);
  }
}
