package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.config.Configuration;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.doctor.Checklist;
import io.nsqlops.cli.doctor.Finding;
import io.nsqlops.cli.doctor.HereCheck;
import io.nsqlops.cli.doctor.LogsCheck;
import io.nsqlops.cli.doctor.RepositoryCheck;
import io.nsqlops.cli.doctor.SourceCheck;
import io.nsqlops.cli.doctor.TargetCheck;
import io.nsqlops.cli.options.DatabaseOptions;
import io.nsqlops.cli.options.RepositoryOptions;
import io.nsqlops.cli.output.Result;
import io.nsqlops.logs.config.LogsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what stands in the way. */
@CommandLine.Command(
    name = "doctor",
    description =
        "Check what is named, and what --config names for ship-logs: connections, rights, versions,"
            + " clocks, what the store can do, files; say what to fix. Exit code 2: something is to"
            + " be fixed.")
public final class DoctorCommand implements Command {
  @Option(names = "--source", paramLabel = "DB", description = "A server to be backed up.")
  @Nullable String source;

  @Option(names = "--target", paramLabel = "DB", description = "A server to be restored into.")
  @Nullable String target;

  @Mixin final DatabaseOptions databases = new DatabaseOptions();
  @Mixin final RepositoryOptions repository = new RepositoryOptions();

  @Override
  public Result run(Context context) throws InterruptedException {
    boolean hasSource = databases.sourceAddress(context, source).isPresent();
    boolean hasRepository = repository.isNamed(context);
    Optional<LogsConfig> logs = Optional.ofNullable(context.file()).flatMap(Configuration::logs);
    if (!hasSource && !hasRepository && target == null && logs.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          "doctor",
          "there is nothing to check",
          "name --repo, --source, --target, or a --config file");
    }
    Checklist list = new Checklist(context.clock());
    new HereCheck(list).run();
    if (hasRepository) {
      list.attempt("repository", "open", () -> repository.open(context))
          .ifPresent(open -> check(list, context, open));
    }
    if (hasSource) {
      list.attempt("source", "connect", () -> databases.source(context, source))
          .ifPresent(new SourceCheck(list, context.clock())::run);
    }
    if (target != null) {
      list.attempt("target", "connect", () -> databases.target(context, target))
          .ifPresent(new TargetCheck(list, context.clock())::run);
    }
    if (logs.isPresent()) {
      new LogsCheck(list, context.clock()).run(logs.get(), context.adapters());
    }
    return result(list);
  }

  private static void check(Checklist list, Context context, RepositoryOptions.Open open) {
    try (open) {
      new RepositoryCheck(list, context.clock()).run(open.store(), open.repository());
    }
  }

  private static Result result(Checklist list) {
    ObjectNode json = JsonMapper.shared().createObjectNode().put("ok", list.allWell());
    ArrayNode checks = json.putArray("checks");
    for (Finding finding : list.findings()) {
      checks
          .addObject()
          .put("subject", finding.subject())
          .put("check", finding.check())
          .put("ok", finding.ok())
          .put("detail", finding.detail())
          .put("hint", finding.hint());
    }
    Result result = Result.of(json, text(list.findings()));
    return list.allWell() ? result : result.falling(ErrorKind.USAGE);
  }

  /** A hint stands once below all it is for: one missing right shows in many places. */
  static List<String> text(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      lines.add(
          "%-4s  %-10s  %-11s  %s"
              .formatted(
                  finding.ok() ? "ok" : "FIX",
                  finding.subject(),
                  finding.check(),
                  finding.detail()));
      boolean again = i + 1 < findings.size() && findings.get(i + 1).hint().equals(finding.hint());
      if (!finding.ok() && !again) {
        lines.add(" ".repeat(31) + "HINT: " + finding.hint());
      }
    }
    return lines;
  }
}
