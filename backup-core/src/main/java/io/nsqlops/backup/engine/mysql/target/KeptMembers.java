package io.nsqlops.backup.engine.mysql.target;

import io.nsqlops.backup.engine.mysql.session.Catalogue;
import io.nsqlops.backup.engine.mysql.session.Session;
import io.nsqlops.backup.engine.mysql.session.Sql;
import io.nsqlops.backup.model.SchemaObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Who had a role that a restore replaces. A role that is dropped takes this along, and nobody else
 * knows it if the restore is killed then: it stands beside the {@link RestoreMark} until the
 * restore is complete.
 */
public final class KeptMembers {
  private static final String TABLE = Catalogue.OUR_DATABASE + ".members";

  private final Session session;
  private final Catalogue catalogue;

  public KeptMembers(Session session, String address) {
    this.session = session;
    this.catalogue = new Catalogue(session, address);
  }

  void begin() {
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (role VARBINARY(1024), number INT, statement BLOB NOT NULL,"
            + " PRIMARY KEY (role, number))"
            + RestoreMark.STORED);
  }

  /**
   * Keeps the statements that give a role to those who have it, instead of those kept before. To be
   * called while they still have it.
   */
  public void keep(SchemaObject role, List<String> statements) {
    session.execute("DELETE FROM " + TABLE + " WHERE " + is(role));
    for (int i = 0; i < statements.size(); i++) {
      session.execute(
          "INSERT INTO %s VALUES (%s,%d,%s)"
              .formatted(TABLE, Sql.string(role.name()), i, Sql.string(statements.get(i))));
    }
  }

  /** The statements kept, in their order. */
  public List<String> of(SchemaObject role) {
    List<String> statements = new ArrayList<>();
    catalogue.each(
        "SELECT CONVERT(statement USING utf8mb4) FROM "
            + TABLE
            + " WHERE "
            + is(role)
            + " ORDER BY number",
        List.of(),
        row -> statements.add(String.valueOf(row.getString(1))));
    return statements;
  }

  private static String is(SchemaObject role) {
    return "role=CAST(" + Sql.string(role.name()) + " AS BINARY)";
  }
}
