package io.nsqlops.cli.output;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the one result of a run to stdout and what else there is to say to stderr. */
public final class Printer {
  private final PrintStream out;
  private final PrintStream err;
  private final OutputFormat format;

  public Printer(PrintStream out, PrintStream err, OutputFormat format) {
    this.out = out;
    this.err = VisibleStream.of(err);
    this.format = format;
  }

  /** Prints what a command came to. */
  public void result(Result result) {
    OpsException error = result.error();
    if (format == OutputFormat.TEXT) {
      VisibleStream lines = VisibleStream.of(out);
      result.text().forEach(lines::println);
    } else if (error != null && result.json() instanceof ObjectNode document) {
      document(document.deepCopy().setAll(json(error)));
    } else {
      document(result.json());
    }
    if (out.checkError()) {
      throw new OpsException(
          ErrorKind.TRANSIENT,
          "stdout",
          "what the command came to cannot be written to stdout",
          "what it did stays done: look with list or show; is the disk full, or the pipe closed?");
    }
    if (error != null) {
      tell(error);
    }
  }

  /** Prints why there is no result. */
  public void error(OpsException error) {
    if (format == OutputFormat.JSON) {
      document(json(error));
      out.flush();
    }
    tell(error);
  }

  private void document(JsonNode json) {
    ObjectWriter writer = JsonMapper.shared().writerWithDefaultPrettyPrinter();
    out.println(writer.writeValueAsString(json));
  }

  private void tell(OpsException error) {
    err.println("ERROR: " + error.lines().get(0));
    error.lines().stream().skip(1).forEach(point -> err.println("  " + point));
    err.println("HINT: " + error.hint());
    err.flush();
  }

  private static ObjectNode json(OpsException error) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("error", error.getMessage())
        .put("kind", error.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("object", error.object())
        .put("hint", error.hint());
  }
}
