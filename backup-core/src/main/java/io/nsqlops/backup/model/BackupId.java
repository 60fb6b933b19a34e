package io.nsqlops.backup.model;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Names of backups: they sort by time and never collide. */
public final class BackupId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private BackupId() {}

  /** {@code 20261124T020000Z-1a2b3c4d}. */
  public static String create(Instant started) {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return TIME.format(started) + "-" + HexFormat.of().formatHex(random);
  }
}
