package io.nsqlops.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one command line came to, in this process or in one of its own. */
public record Run(int code, String out, String err) {

  /** Runs the command in this process. */
  public static Run of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8))
        .documented(List.of(arguments));
  }

  /** The same, if it prints JSON as it is described. */
  public Run documented(List<String> arguments) {
    JsonReference.requireDocumented(arguments, out);
    return this;
  }

  /** Stdout, which must be one JSON document and nothing else. */
  public JsonNode json() {
    return STRICT.readTree(out);
  }

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
}
