package io.nsqlops.demo;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.cli.ExitCodes;
import io.nsqlops.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the commands a user would type, in this process, and shows what they print. */
final class Commands {
  private final Narrator narrator;

  Commands(Narrator narrator) {
    this.narrator = narrator;
  }

  /** Runs a command that must succeed. */
  void run(String... arguments) {
    expect(ExitCodes.DONE, arguments);
  }

  /** Runs a command that must end with this exit code. */
  void expect(int code, String... arguments) {
    List<String> line = List.of(arguments);
    narrator.command(line);
    int ended = Main.run(line, narrator.stream(), narrator.stream());
    if (ended != ExitCodes.DONE) {
      narrator.detail("(exit code " + ended + ")");
    }
    check(line, code, ended);
  }

  /** Runs a command unseen, for the figures in its JSON document. */
  JsonNode figures(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--output", "json", "--quiet"));
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    int ended =
        Main.run(line, new PrintStream(document, true, StandardCharsets.UTF_8), narrator.stream());
    check(line, ExitCodes.DONE, ended);
    return JsonMapper.shared().readTree(document.toByteArray());
  }

  private static void check(List<String> line, int wanted, int ended) {
    if (ended == wanted) {
      return;
    }
    if (ended == ExitCodes.INTERRUPTED || Thread.currentThread().isInterrupted()) {
      throw new OpsException(ErrorKind.INTERRUPTED, "demo", "interrupted", "run it again");
    }
    throw Checks.failed(
        "nsql-ops " + line.get(0),
        "ended with exit code " + ended + " where " + wanted + " was expected");
  }
}
