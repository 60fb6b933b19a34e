package io.nsqlops.cli.config;

import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads one YAML document: no duplicate keys, no second document behind it. */
final class YamlFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private YamlFile() {}

  static JsonNode read(Path file) {
    JsonNode document = parse(file, content(file));
    if (document.isMissingNode() || document.isNull()) {
      return YAML.createObjectNode();
    }
    if (!document.isObject()) {
      throw usage(
          file, "the configuration file " + file + " must be a mapping of keys to values", null);
    }
    return document;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw usage(file, "there is no configuration file " + file, e);
    } catch (IOException e) {
      throw usage(
          file,
          "the configuration file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }

  private static JsonNode parse(Path file, String content) {
    try {
      return YAML.readTree(content);
    } catch (JacksonException e) {
      String place =
          "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      // The parser's message is not passed on as the cause either: it quotes the file's lines.
      throw usage(
          file,
          "the configuration file "
              + file
              + " is not readable as YAML at "
              + place
              + ": "
              + withoutQuotation(e),
          null);
    }
  }

  /** The parser's message without the indented lines of the file, which may show a secret. */
  private static String withoutQuotation(JacksonException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .map(line -> line.replaceAll(" \\(bound as.*", ""))
        .collect(Collectors.joining(", "));
  }

  private static OpsException usage(Path file, String message, @Nullable Throwable cause) {
    return new OpsException(
        ErrorKind.USAGE,
        file.toString(),
        message,
        "give --config the path of a YAML file as the README shows it",
        cause);
  }
}
