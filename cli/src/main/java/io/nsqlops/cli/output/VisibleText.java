package io.nsqlops.cli.output;

/**
 * Text for a terminal. Names come from servers, stores and files, and may hold anything: what would
 * move the cursor, end the line, or turn the direction of writing is shown as it would stand in a
 * Java string instead of being done.
 */
final class VisibleText {
  private VisibleText() {}

  /** The same on one line, with everything in it to be seen. */
  static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.chars().forEach(c -> append(visible, (char) c));
    return visible.toString();
  }

  private static void append(StringBuilder visible, char c) {
    switch (c) {
      case '\n' -> visible.append("\\n");
      case '\r' -> visible.append("\\r");
      case '\t' -> visible.append("\\t");
      default -> {
        if (Character.isISOControl(c) || isOfLines(c)) {
          visible.append(String.format("\\u%04x", (int) c));
        } else {
          visible.append(c);
        }
      }
    }
  }

  /** Ends of lines and paragraphs, and what embeds, overrides or isolates a direction. */
  private static boolean isOfLines(char c) {
    return (c >= '\u2028' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
  }
}
