package io.nsqlops.cli.output;

import java.util.List;

/** The two forms of {@code --output}. */
public enum OutputFormat {
  /** For people. */
  TEXT,
  /** One document on stdout, for programs. */
  JSON;

  /** What the arguments ask for, also where they are wrong otherwise. */
  public static OutputFormat wanted(List<String> arguments) {
    OutputFormat wanted = TEXT;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        break;
      }
      if (argument.equals("--output") && i + 1 < arguments.size()) {
        wanted = arguments.get(i + 1).equalsIgnoreCase("json") ? JSON : TEXT;
      } else if (argument.startsWith("--output=")) {
        wanted = argument.equalsIgnoreCase("--output=json") ? JSON : TEXT;
      }
    }
    return wanted;
  }
}
