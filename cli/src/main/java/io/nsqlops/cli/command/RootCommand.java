package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.options.GlobalOptions;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Version;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code nsql-ops} itself. */
@CommandLine.Command(
    name = "nsql-ops",
    description = "Backs up, restores and ships the logs of NewSQL clusters.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "REPO    s3://bucket/prefix[?endpoint=URL&region=R&…], file:///dir or a directory",
      "DB      mysql://user@host:port, also mariadb:// tidb://",
      "BACKUP  an id, a unique beginning of one, or latest",
      "P       db or db.table, with * and ?",
      "",
      "Secrets are never arguments: NSQL_OPS_DB_PASSWORD or --password-file,",
      "NSQL_OPS_PASSPHRASE or --passphrase-file; S3 credentials as the AWS tools find them.",
      "",
      "Exit codes: 0 done, 1 internal error, 2 usage or configuration, 3 done in part,",
      "4 verification failed or differences, 10 no repository, 11 locked, 12 wrong key,",
      "20 commit state unknown, 75 transient, 130 interrupted."
    })
public final class RootCommand implements Command {
  @Mixin final GlobalOptions global = new GlobalOptions();

  @Option(names = "--version", description = "Show the version.")
  boolean version;

  public GlobalOptions global() {
    return global;
  }

  @Override
  public Result run(Context context) {
    if (version) {
      return Result.of(
          JsonMapper.shared().createObjectNode().put("version", Version.number()),
          List.of(Version.line()));
    }
    throw new OpsException(
        ErrorKind.USAGE, "nsql-ops", "no command was given", "see nsql-ops --help");
  }
}
