package io.nsqlops.testbeds.docker;

import java.util.ArrayList;
import java.util.List;

/** Turns the output of iptables-save into a script that removes what dockerd has added. */
final class IptablesUndo {
  private static final String MARK = "DOCKER";
  private static final String BRIDGE = "docker0";

  private IptablesUndo() {}

  /**
   * Builds the script for {@code iptables-restore --noflush}.
   *
   * @param acceptForward whether the policy of FORWARD becomes ACCEPT again
   * @return empty if there is nothing to remove
   */
  static String of(String saved, boolean acceptForward) {
    StringBuilder script = new StringBuilder();
    List<String> rules = new ArrayList<>();
    List<String> chains = new ArrayList<>();
    String table = "";
    for (String line : saved.lines().toList()) {
      if (line.startsWith("*")) {
        table = line;
      } else if (line.startsWith(":" + MARK)) {
        chains.add(line.substring(1, line.indexOf(' ')));
      } else if (line.startsWith("-A ") && isDockers(line)) {
        rules.add(line);
      } else if (line.startsWith(":FORWARD DROP") && acceptForward) {
        rules.add(":FORWARD ACCEPT [0:0]");
      } else if (line.equals("COMMIT")) {
        append(script, table, rules, chains);
        rules.clear();
        chains.clear();
      }
    }
    return script.toString();
  }

  private static boolean isDockers(String rule) {
    return rule.contains(MARK) || rule.contains(BRIDGE);
  }

  private static void append(
      StringBuilder script, String table, List<String> rules, List<String> chains) {
    if (rules.isEmpty() && chains.isEmpty()) {
      return;
    }
    script.append(table).append('\n');
    for (String rule : rules) {
      script.append(rule.replaceFirst("^-A ", "-D ")).append('\n');
    }
    // Chains refer to each other: all must be empty before the first can go.
    chains.forEach(chain -> script.append("-F ").append(chain).append('\n'));
    chains.forEach(chain -> script.append("-X ").append(chain).append('\n'));
    script.append("COMMIT\n");
  }
}
