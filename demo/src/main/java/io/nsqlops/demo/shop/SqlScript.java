package io.nsqlops.demo.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resource of SQL: statements between empty lines, comments on lines of their own. */
record SqlScript(List<String> statements) {
  SqlScript {
    statements = List.copyOf(statements);
  }

  static SqlScript read(String name) {
    try (InputStream in = SqlScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SqlScript parse(String text) {
    String code =
        text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return new SqlScript(
        Stream.of(code.split("\n\\s*\n", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList());
  }
}
