package io.nsqlops.backup.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account whose rights a view or a program runs with, as its CREATE statement names it.
 *
 * @param host empty for roles
 */
public record Definer(String user, String host) {
  /** Under ANSI_QUOTES some servers print double quotes. */
  private static final String WORD = "(`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\")";

  /** Statements as servers print them, in Latin-1 text that keeps every byte. */
  private static final Pattern HEAD =
      Pattern.compile(
          "^(CREATE (?:OR REPLACE )?(?:ALGORITHM=\\w+ )?)DEFINER=" + WORD + "(?:@" + WORD + ")? ");

  /** Who it is; empty if the statement does not tell. */
  public static Optional<Definer> of(RawText statement) {
    Matcher head = HEAD.matcher(statement.latin1());
    if (!head.find()) {
      return Optional.empty();
    }
    String host = head.group(3);
    return Optional.of(
        new Definer(
            QuotedName.unquoted(head.group(2)), host == null ? "" : QuotedName.unquoted(host)));
  }

  /** {@code user@host}; the host is what follows the last {@code @}. */
  public static Definer parse(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new Definer(text, "")
        : new Definer(text.substring(0, at), text.substring(at + 1));
  }

  /** The statement with this one instead of its own. */
  public RawText in(RawText statement) {
    String place = host.isEmpty() ? "" : "@" + QuotedName.of(host);
    return replaced(statement, "DEFINER=" + QuotedName.of(user) + place + " ");
  }

  /** The statement without any: whoever runs it becomes the definer. */
  public static RawText strip(RawText statement) {
    return replaced(statement, "");
  }

  private static RawText replaced(RawText statement, String clause) {
    String sql = statement.latin1();
    Matcher head = HEAD.matcher(sql);
    if (!head.find()) {
      return statement;
    }
    String utf8 = new String(clause.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String changed = head.group(1) + utf8 + sql.substring(head.end());
    return RawText.ofLatin1(changed);
  }

  @Override
  public String toString() {
    return host.isEmpty() ? user : user + "@" + host;
  }
}
