package io.nsqlops.backup.repository;

import io.nsqlops.backup.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What takes the place of a manifest, so that a backup that was given up is never committed. It is
 * shorter than any manifest, so one that was cut to its length can only be told by what is in it;
 * and not empty, as an object is that lost its content.
 */
final class Fence {
  private static final byte[] CONTENT = "nsql-ops fence/1\n".getBytes(StandardCharsets.US_ASCII);

  private Fence() {}

  static byte[] content() {
    return CONTENT.clone();
  }

  /** Whether its content has to be looked at. */
  static boolean mayBe(ObjectInfo manifest) {
    return manifest.size() == CONTENT.length;
  }

  static boolean is(byte[] manifest) {
    return Arrays.equals(manifest, CONTENT);
  }
}
