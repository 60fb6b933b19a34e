package io.nsqlops.cli.command;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.config.Configuration;
import io.nsqlops.cli.context.Context;
import io.nsqlops.cli.output.Result;
import io.nsqlops.cli.output.Units;
import io.nsqlops.logs.config.AuthorizationHeader;
import io.nsqlops.logs.config.LogsConfig;
import io.nsqlops.logs.config.SecretRef;
import io.nsqlops.logs.kibana.KibanaClient;
import io.nsqlops.logs.kibana.SavedObjects;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Data views, saved searches and dashboards. */
@CommandLine.Command(
    name = "kibana",
    description =
        "Install data views, saved searches and dashboards for the logs, or print them; with"
            + " --config FILE also for the datasets it names.")
public final class KibanaCommand implements Command {
  private static final String VARIABLE = "NSQL_OPS_KIBANA_API_KEY";
  private static final String PASSWORD = "NSQL_OPS_KIBANA_PASSWORD";

  @Parameters(
      paramLabel = "install|export",
      description = "install: into the Kibana at --url; export: as NDJSON for its own import.")
  Action action = Action.EXPORT;

  @Option(names = "--url", paramLabel = "URL", description = "Address of Kibana.")
  @Nullable URI url;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description = "Space; the default one if not given.")
  String space = "";

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "File with an API key; else " + VARIABLE + ", else none is sent.")
  @Nullable Path apiKeyFile;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Log in as this user with a password instead of an API key.")
  String user = "";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the password of --user; else " + PASSWORD + ".")
  @Nullable Path passwordFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file of the authorities to trust, instead of those that Java trusts.")
  @Nullable Path ca;

  enum Action {
    INSTALL,
    EXPORT
  }

  @Override
  public Result run(Context context) throws InterruptedException {
    List<String> objects = SavedObjects.lines(datasets(context));
    if (action == Action.EXPORT) {
      ArrayNode array = JsonMapper.shared().createArrayNode();
      objects.forEach(object -> array.add(JsonMapper.shared().readTree(object)));
      return Result.of(array, objects);
    }
    if (url == null) {
      throw new OpsException(
          ErrorKind.USAGE, "--url", "no Kibana is named", "add --url http://kibana:5601");
    }
    int installed = new KibanaClient(url, space, authorization(context), ca).install(objects);
    return Result.of(
        JsonMapper.shared().createObjectNode().put("installed", installed),
        List.of("installed  " + Units.count(installed, "saved object") + " at " + url));
  }

  /** Those the configuration names, if there is one. */
  private static List<String> datasets(Context context) {
    return Optional.ofNullable(context.file())
        .flatMap(Configuration::logs)
        .map(LogsConfig::datasets)
        .orElse(List.of());
  }

  private String authorization(Context context) {
    if (!user.isEmpty()) {
      return AuthorizationHeader.basic(user, password(context));
    }
    if (apiKeyFile != null) {
      return AuthorizationHeader.apiKey(SecretRef.of("file:" + apiKeyFile).resolve());
    }
    return context.variable(VARIABLE).map(AuthorizationHeader::apiKey).orElse("");
  }

  private String password(Context context) {
    if (passwordFile != null) {
      return SecretRef.of("file:" + passwordFile).resolve();
    }
    return context
        .variable(PASSWORD)
        .orElseThrow(
            () ->
                new OpsException(
                    ErrorKind.USAGE,
                    "--user",
                    "there is no password for " + user,
                    "add --password-file FILE, or set " + PASSWORD));
  }
}
