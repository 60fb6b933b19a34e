package io.nsqlops.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A manual page in the language of {@code man}.
 *
 * @param name of its file, such as {@code nsql-ops-backup.1}
 */
public record ManPage(String name, String text) {

  /** The page of the program, then one for each command. */
  public static List<ManPage> of(CommandLine parser, String version) {
    List<ManPage> pages = new ArrayList<>();
    pages.add(page(parser, version, programSections(parser)));
    parser.getSubcommands().values().forEach(c -> pages.add(page(c, version, seeAlso(parser, c))));
    return List.copyOf(pages);
  }

  private static ManPage page(CommandLine command, String version, List<String> rest) {
    CommandSpec spec = command.getCommandSpec();
    String title = title(spec);
    List<String> lines = new ArrayList<>();
    lines.add(".TH " + title.toUpperCase(Locale.ROOT) + " 1 \"\" \"nsql-ops " + version + "\"");
    lines.add(".SH NAME");
    lines.add(escaped(title + " - " + Shell.described(spec)));
    lines.add(".SH SYNOPSIS");
    lines.add(escaped(synopsis(command)));
    lines.add(".SH OPTIONS");
    spec.positionalParameters().forEach(p -> argument(p.paramLabel(), p, lines));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        argument(signature(option), option, lines);
      }
    }
    lines.addAll(rest);
    return new ManPage(title + ".1", String.join("\n", lines) + "\n");
  }

  private static String title(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private static String synopsis(CommandLine command) {
    return command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
  }

  private static String signature(OptionSpec option) {
    String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
    return String.join(", ", option.names()) + value;
  }

  private static void argument(String signature, ArgSpec argument, List<String> lines) {
    lines.add(".TP");
    lines.add(".B " + escaped(signature));
    String description = String.join(" ", argument.description());
    lines.add(
        escaped(description.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))));
  }

  private static List<String> programSections(CommandLine parser) {
    List<String> lines = new ArrayList<>();
    lines.add(".SH COMMANDS");
    for (CommandLine command : parser.getSubcommands().values()) {
      lines.add(".TP");
      lines.add(".B " + escaped(title(command.getCommandSpec()) + "(1)"));
      lines.add(escaped(Shell.described(command.getCommandSpec())));
    }
    lines.add(".SH NOTES");
    lines.add(".nf");
    Arrays.stream(parser.getCommandSpec().usageMessage().footer())
        .map(ManPage::escaped)
        .forEach(lines::add);
    lines.add(".fi");
    return lines;
  }

  private static List<String> seeAlso(CommandLine parser, CommandLine command) {
    List<String> lines = new ArrayList<>();
    String[] footer = command.getCommandSpec().usageMessage().footer();
    if (footer.length > 0) {
      lines.add(".SH NOTES");
      lines.add(".nf");
      Arrays.stream(footer).map(ManPage::escaped).forEach(lines::add);
      lines.add(".fi");
    }
    lines.add(".SH SEE ALSO");
    lines.add(
        escaped(
            title(parser.getCommandSpec())
                + "(1): secrets, exit codes, how REPO and DB are written"));
    return lines;
  }

  /** A hyphen is one that can be copied; a line never begins with what man takes for a request. */
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
