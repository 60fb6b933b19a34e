package io.nsqlops.logs.config;

import io.nsqlops.logs.model.Severity;
import io.nsqlops.logs.parse.FieldRedaction;
import io.nsqlops.logs.parse.Redaction;
import io.nsqlops.logs.parse.plain.MultilineRule;
import io.nsqlops.logs.tail.Watched;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Binds one source of logs. */
final class SourceBinding {
  static final Set<String> FORMATS =
      new TreeSet<>(
          List.of(
              "auto",
              "tidb",
              "tikv",
              "pd",
              "ticdc",
              "tiflash",
              "tiproxy",
              "tidb-slow",
              "tidb-statements",
              "rocksdb",
              "cockroachdb",
              "oceanbase",
              "mysql",
              "mysql-slow",
              "mariadb",
              "plain"));

  /** OceanBase repeats warnings and errors in these files: shipping them would double them. */
  private static final String DUPLICATES = "**/*.log.wf*";

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private static final int LEAST_RATE = 1024;
  private static final int MOST_RATE = Integer.MAX_VALUE;

  /** More than fit into one group would be kept anyway. */
  private static final int MOST_SAMPLED = 10_000;

  private final ConfigNode node;

  SourceBinding(ConfigNode node) {
    this.node = node;
  }

  SourceConfig bind() {
    List<String> paths = node.values("paths", SourceBinding::path);
    if (paths.isEmpty()) {
      node.problem("paths", "names no file");
    }
    SourceConfig source =
        new SourceConfig(
            paths,
            exclusions(),
            node.value("envelope", SourceBinding::envelope).orElse(Envelope.NONE),
            node.value("format", SourceBinding::format).orElse(SourceConfig.AUTO),
            node.value("time-zone", SourceBinding::zone).orElse(null),
            node.value("dataset", LogsBinding::part).orElse(""),
            multiline(),
            labels(),
            rules(),
            node.value("max-rate", LogsBinding.within(LEAST_RATE, MOST_RATE, Units::bytes))
                .orElse(0));
    node.refuseOthers();
    return source;
  }

  private List<String> exclusions() {
    List<String> exclusions = new ArrayList<>(node.values("exclude", SourceBinding::exclusion));
    exclusions.add(DUPLICATES);
    return exclusions;
  }

  private MultilineRule multiline() {
    return node.value("multiline", SourceBinding::rule).orElseGet(MultilineRule::none);
  }

  private EventRules rules() {
    Severity minimum = node.value("min-level", SourceBinding::level).orElse(null);
    Redaction redaction = Redaction.of(node.values("redact", SourceBinding::redaction));
    boolean compact = node.value("compact", SourceBinding::flag).orElse(false);
    Sampling sampling = node.has("sample") ? sampling(node.mapping("sample")) : null;
    if (compact && sampling != null) {
      node.problem("sample", "and compact exclude each other: whose count would it be?");
    }
    return new EventRules(minimum, redaction, fields(), sampling, compact);
  }

  private FieldRedaction fields() {
    return FieldRedaction.of(node.values("redact-fields", SourceBinding::redactable));
  }

  private static String redactable(String field) {
    FieldRedaction.of(List.of(field));
    return field;
  }

  private Map<String, String> labels() {
    ConfigNode labels = node.mapping("labels");
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : labels.keys()) {
      if (!LABEL.matcher(name).matches()) {
        labels.problem(name, "must be 1 to 64 of letters, digits and '_'");
      }
      labels.text(name).ifPresent(value -> values.put(name, value));
    }
    return values;
  }

  private static Sampling sampling(ConfigNode node) {
    Optional<Integer> oneIn =
        node.value("one-in", LogsBinding.within(2, MOST_SAMPLED, Integer::valueOf));
    if (oneIn.isEmpty() && !node.has("one-in")) {
      node.problem("one-in", "is missing");
    }
    Severity below = node.value("below", SourceBinding::level).orElse(Severity.WARN);
    node.refuseOthers();
    return new Sampling(oneIn.orElse(2), below);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Severity level(String text) {
    try {
      return Severity.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be trace, debug, info, notice, warn, error, critical or fatal", e);
    }
  }

  /** A pattern, or the name of one that is often needed. */
  private static Pattern redaction(String text) {
    try {
      return switch (text) {
        case "crdb-markers" -> Pattern.compile("‹[^›]*›");
        case "sql-strings" -> Redaction.SQL_STRINGS;
        default -> Pattern.compile(text);
      };
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is no pattern: " + e.getDescription(), e);
    }
  }

  private static MultilineRule rule(String text) {
    if (text.startsWith("start:")) {
      try {
        return MultilineRule.startsWith(Pattern.compile(text.substring(6).strip()));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException("is no pattern: " + e.getDescription(), e);
      }
    }
    return switch (text) {
      case "none" -> MultilineRule.none();
      case "indented" -> MultilineRule.indented();
      case "timestamp" -> MultilineRule.timestamp();
      default ->
          throw new IllegalArgumentException(
              "must be none, indented, timestamp or 'start: PATTERN'");
    };
  }

  private static String path(String text) {
    Watched.of(List.of(text), List.of(), false);
    return text;
  }

  private static String exclusion(String text) {
    Watched.of(List.of(), List.of(text), false);
    return text;
  }

  private static Envelope envelope(String text) {
    try {
      return Envelope.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be none, cri or docker", e);
    }
  }

  private static String format(String text) {
    if (!FORMATS.contains(text)) {
      throw new IllegalArgumentException("must be one of " + String.join(", ", FORMATS));
    }
    return text;
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an offset such as +08:00 or a zone such as Asia/Shanghai", e);
    }
  }
}
