package io.nsqlops.cli.options;

import io.nsqlops.backup.model.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which databases and tables. */
public final class SelectionOptions {
  @Option(
      names = "--include",
      paramLabel = "P",
      description = "Only these: db or db.table, with * and ?. May be repeated.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "P",
      description = "Not these; wins over --include. May be repeated.")
  List<String> exclude = new ArrayList<>();

  /** The patterns given. */
  public Selection selection() {
    return new Selection(include, exclude);
  }
}
