package io.nsqlops.cli.options;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.model.Content;
import picocli.CommandLine.Option;

/** Definitions or rows alone. */
public final class ContentOptions {
  @Option(names = "--schema-only", description = "Definitions alone, no rows.")
  boolean schemaOnly;

  @Option(names = "--data-only", description = "Rows alone, for tables that exist in the target.")
  boolean dataOnly;

  /** What was chosen. */
  public Content content() {
    if (schemaOnly && dataOnly) {
      throw new OpsException(
          ErrorKind.USAGE,
          "--schema-only",
          "--schema-only and --data-only exclude each other",
          "leave both out to get both");
    }
    return schemaOnly ? Content.SCHEMA : dataOnly ? Content.DATA : Content.ALL;
  }
}
