package io.nsqlops.logs.model;

import java.nio.charset.StandardCharsets;

/**
 * The deterministic id of a document: the generation of its file (64 bits) and the offset of its
 * first byte (48 bits) as 19 characters that sort as the numbers do; and, for an event of more than
 * one line or part of a line, 5 more for the length of what was joined to the first.
 *
 * <p>Where such an event ends may hang on how long a line was waited for, which checkpoints
 * remember. Without them a longer event with the same id would be taken for one that is stored.
 *
 * <p>Ordered ids share prefixes, which is what keeps them cheap in the index.
 */
public final class DocumentId {
  private static final byte[] ALPHABET =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);

  private DocumentId() {}

  /** The 11 characters all ids of a generation begin with. */
  public static String prefix(long generation) {
    JsonBytes out = new JsonBytes(11);
    for (int shift = 60; shift >= 0; shift -= 6) {
      out.raw(ALPHABET[(int) (generation >>> shift) & 63]);
    }
    return out.toString();
  }

  /** Appends the 8 characters of an offset. */
  public static void offset(JsonBytes out, long offset) {
    for (int shift = 42; shift >= 0; shift -= 6) {
      out.raw(ALPHABET[(int) (offset >>> shift) & 63]);
    }
  }

  /** Appends the 5 characters of the length of what was joined to the first line. */
  public static void joined(JsonBytes out, int length) {
    for (int shift = 24; shift >= 0; shift -= 6) {
      out.raw(ALPHABET[length >>> shift & 63]);
    }
  }
}
