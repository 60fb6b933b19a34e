package io.nsqlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The keys that docs/json-output.md promises, by command. */
public final class JsonReference {
  private static final Path PAGE = Path.of("..", "docs", "json-output.md");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern INHERITED = Pattern.compile("keys of `([a-z-]+)`");

  /** Documents whose form others decide. */
  private static final Set<String> FOREIGN = Set.of("manifests", "kibana", "manual");

  private static final Map<String, Set<String>> KEYS = read();

  private JsonReference() {}

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> keys = new HashMap<>();
    Set<String> section = new TreeSet<>();
    try {
      for (String line : Files.readAllLines(PAGE)) {
        if (line.startsWith("## ")) {
          section = new TreeSet<>();
          for (String command : line.substring(3).split(", ")) {
            keys.put(command, section);
          }
        } else if (line.startsWith("| `")) {
          Matcher names = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
          while (names.find()) {
            section.add(names.group(1));
          }
        } else {
          Matcher inherited = INHERITED.matcher(line);
          if (inherited.find()) {
            section.addAll(keys.get(inherited.group(1)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  /** The command of the command line, if its output is JSON that is described. */
  static void requireDocumented(List<String> arguments, String out) {
    boolean json =
        arguments.contains("--output=json")
            || (arguments.contains("--output") && arguments.contains("json"));
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    if (!json || FOREIGN.contains(command) || out.isBlank()) {
      return;
    }
    Set<String> known = new TreeSet<>(KEYS.get("Errors"));
    known.addAll(KEYS.getOrDefault(command, Set.of()));
    List<String> unknown = new ArrayList<>();
    paths("", JsonMapper.shared().readTree(out))
        .forEach(
            path -> {
              if (known.stream().noneMatch(k -> covers(k, path))) {
                unknown.add(path);
              }
            });
    assertThat(unknown).as("keys of %s that %s does not have", command, PAGE).isEmpty();
  }

  private static boolean covers(String key, String path) {
    boolean open = path.endsWith(".") || path.endsWith("[]"); // of nothing, or of anything
    return key.equals(path)
        || (key.endsWith(".*") && path.startsWith(key.substring(0, key.length() - 1)))
        || (open && key.startsWith(path));
  }

  /** As the page writes them. */
  private static Set<String> paths(String prefix, JsonNode node) {
    Set<String> paths = new TreeSet<>();
    String inside = prefix.isEmpty() ? "" : prefix + ".";
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> paths.addAll(paths(inside + entry.getKey(), entry.getValue())));
      if (node.isEmpty()) {
        paths.add(inside);
      }
    } else if (node.isArray()) {
      String items = prefix.isEmpty() ? "" : prefix + "[]";
      node.forEach(item -> paths.addAll(paths(items, item)));
      if (node.isEmpty() && !prefix.isEmpty()) {
        paths.add(items);
      }
    } else {
      paths.add(prefix);
    }
    return paths;
  }
}
