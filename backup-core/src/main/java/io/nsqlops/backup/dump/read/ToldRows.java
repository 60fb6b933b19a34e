package io.nsqlops.backup.dump.read;

/**
 * How many rows a dump says that it holds of a table.
 *
 * @param database as the names of files have it
 * @param file the table, likewise
 * @param table its real name
 */
public record ToldRows(String database, String file, String table, long rows) {}
