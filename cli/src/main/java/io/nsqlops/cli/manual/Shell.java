package io.nsqlops.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A shell that can complete our commands and options. */
public enum Shell {
  BASH,
  ZSH,
  FISH;

  private static final Pattern CHOICES = Pattern.compile("_args=\\(\"[A-Z_\" ]+\"\\)");

  /** The script, to be read by the shell when it starts. */
  public String completion(CommandLine parser) {
    String name = parser.getCommandName();
    // the script of picocli speaks to both: in zsh it loads the emulation of bash's completion
    return this == FISH ? fish(name, parser) : inLowerCase(AutoComplete.bash(name, parser));
  }

  /** picocli lists what there is to choose from by the names it has in the code. */
  private static String inLowerCase(String script) {
    return CHOICES.matcher(script).replaceAll(all -> all.group().toLowerCase(Locale.ROOT));
  }

  private static String fish(String name, CommandLine parser) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, CommandLine> command : parser.getSubcommands().entrySet()) {
      CommandSpec spec = command.getValue().getCommandSpec();
      lines.add(
          "complete -c %s -f -n __fish_use_subcommand -a %s -d %s"
              .formatted(name, command.getKey(), quoted(described(spec))));
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()) {
          lines.add(fishOption(name, command.getKey(), option));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String fishOption(String name, String command, OptionSpec option) {
    StringBuilder line = new StringBuilder();
    line.append("complete -c %s -n '__fish_seen_subcommand_from %s'".formatted(name, command));
    for (String form : option.names()) {
      line.append(form.startsWith("--") ? " -l " : " -s ").append(form.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
    }
    List<String> choices = choices(option);
    if (!choices.isEmpty()) {
      line.append(" -f -a ").append(quoted(String.join(" ", choices)));
    }
    return line.append(" -d ").append(quoted(String.join(" ", option.description()))).toString();
  }

  /** {@code fail|skip|replace} names all there is to choose from. */
  private static List<String> choices(OptionSpec option) {
    String label = option.paramLabel();
    return label.contains("|") ? List.of(label.split("\\|", -1)) : List.of();
  }

  static String described(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description());
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
