package io.nsqlops.backup.store;

import java.util.regex.Pattern;

/**
 * The form of object keys. It is narrow enough to be a path on any file system and needs no escape
 * in a URL.
 */
public final class ObjectKeys {
  /** Begins the keys of what {@link ObjectStore#probe} writes; stays where it may not delete. */
  public static final String PROBE = "probe-";

  private static final int MAX_LENGTH = 900;
  private static final String SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,255}";
  private static final Pattern KEY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");
  private static final Pattern PREFIX = Pattern.compile("(?:" + SEGMENT + "/)*[A-Za-z0-9._-]*");

  private ObjectKeys() {}

  /**
   * The key itself, if it is one.
   *
   * @throws IllegalArgumentException otherwise: keys are made by this program, never by users
   */
  public static String check(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    return key;
  }

  /** As {@link #check}, for the beginning of a key. */
  public static String checkPrefix(String prefix) {
    if (prefix.length() > MAX_LENGTH || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("not the beginning of an object key: " + prefix);
    }
    return prefix;
  }

  public static boolean isKey(String text) {
    return text.length() <= MAX_LENGTH && KEY.matcher(text).matches();
  }
}
