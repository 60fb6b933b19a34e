package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.model.RawText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an export of ours says of the backup it was made of, in comments. */
final class ExportHead {
  private static final Pattern ORIGIN =
      Pattern.compile("(?m)^-- nsql-ops backup .*\\R-- of .* \\((\\w+) .*\\) at (\\S+Z), (.+)$");

  private static final Pattern RESTRICTION =
      Pattern.compile("(?m)^(?:--|#) (backup \\S+ is not of the whole server: .+)$");

  private ExportHead() {}

  /** Empty if the head is not that of a script of ours. */
  static Optional<DumpOrigin> of(String head) {
    Matcher matcher = ORIGIN.matcher(head);
    if (!matcher.find()) {
      return Optional.empty();
    }
    // A backup that only knows its time has no position but the kind.
    String position = matcher.group(3).strip();
    String known = position.contains(":") ? position : "";
    return Optional.of(new DumpOrigin("nsql-ops", matcher.group(1), known, time(matcher.group(2))));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * That the export is of a part of a server, if it is.
   *
   * @param text a head or {@code metadata}, a character a byte
   */
  static List<String> warnings(String text) {
    Matcher matcher = RESTRICTION.matcher(text);
    return matcher.find()
        ? List.of("the dump says: " + RawText.ofLatin1(matcher.group(1).strip()))
        : List.of();
  }
}
