package io.nsqlops.backup.engine;

import io.nsqlops.backup.model.SchemaObject;
import io.nsqlops.backup.model.ServerInfo;
import io.nsqlops.backup.model.Table;
import java.util.List;

/**
 * What is about to be made in a target.
 *
 * @param source the server it comes from
 * @param tables under their names there
 * @param objects everything else, under the names they will have
 */
public record Incoming(ServerInfo source, List<Table> tables, List<SchemaObject> objects) {
  public Incoming {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
  }
}
