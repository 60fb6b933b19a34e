package io.nsqlops.cli;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.logs.error.LogsException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts whatever was thrown into the user's terms; the kinds of both sides have the same names. */
final class Failures {
  private static final Pattern CHOICES =
      Pattern.compile("expected one of \\[([A-Z_, ]+)] \\(case-insensitive\\)");

  private Failures() {}

  /** A failure of a command. */
  static OpsException of(Throwable failure) {
    if (failure instanceof OpsException known) {
      return known;
    }
    if (failure instanceof LogsException logs) {
      return new OpsException(
          ErrorKind.valueOf(logs.kind().name()), logs.object(), logs.told(), logs.hint(), logs);
    }
    if (failure instanceof InterruptedException) {
      return interrupted();
    }
    if (failure instanceof OutOfMemoryError) {
      return new OpsException(
          ErrorKind.INTERNAL,
          "memory",
          "the Java heap is too small: " + failure.getMessage(),
          "give it more with NSQL_OPS_HEAP=512m, or use fewer --threads",
          failure);
    }
    return new OpsException(
        ErrorKind.INTERNAL,
        "nsql-ops",
        "internal error: " + failure,
        "this is a defect: please report it with the stack trace above",
        failure);
  }

  static OpsException interrupted() {
    return new OpsException(
        ErrorKind.INTERRUPTED,
        "nsql-ops",
        "interrupted",
        "run the same command again; what is stored already will not be sent again");
  }

  /** Arguments that do not fit. Values are not repeated where they could be secrets. */
  static OpsException of(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String help = "see " + command + " --help";
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return usage(command, inLowerCase(String.valueOf(failure.getMessage())), help);
    }
    List<String> names = unmatched.getUnmatched().stream().map(Failures::withoutValue).toList();
    if (names.stream().anyMatch(n -> n.startsWith("--pass"))) {
      return usage(
          command,
          "a secret is never an argument: everyone on this machine can read it there",
          "use NSQL_OPS_DB_PASSWORD or --password-file, NSQL_OPS_PASSPHRASE or --passphrase-file");
    }
    String all = names.stream().collect(Collectors.joining(", "));
    String did =
        unmatched.getSuggestions().isEmpty()
            ? help
            : "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "? " + help;
    return usage(command, command + " does not know " + all, did);
  }

  /** The parser lists what there is to choose from by the names it has in the code. */
  private static String inLowerCase(String message) {
    return CHOICES
        .matcher(message)
        .replaceFirst(all -> "expected one of " + all.group(1).toLowerCase(Locale.ROOT));
  }

  /** An argument that could hold a secret is only said to be there. */
  private static String withoutValue(String argument) {
    int equals = argument.indexOf('=');
    String name = argument.startsWith("-") && equals > 0 ? argument.substring(0, equals) : argument;
    return name.matches("[A-Za-z0-9._-]{1,40}") ? name : "what to do with one more argument";
  }

  private static OpsException usage(String object, String message, String hint) {
    return new OpsException(ErrorKind.USAGE, object, message, hint);
  }
}
