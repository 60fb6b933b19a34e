package io.nsqlops.logs.model;

/**
 * A digest of the last bytes before an offset of a file. Where files begin with a long banner, it
 * tells content that goes on from other content that begins alike.
 *
 * @param length how many bytes it covers; 0 if nothing is known of them
 * @param hash first eight bytes of their SHA-256
 */
public record Suffix(int length, long hash) {
  /** Most bytes a suffix covers. */
  public static final int LIMIT = 256;

  /** Nothing is known: any content may be before the offset. */
  public static final Suffix NONE = new Suffix(0, 0);

  public Suffix {
    if (length < 0 || length > LIMIT) {
      throw new IllegalArgumentException("a suffix of " + length + " bytes");
    }
  }

  /** The suffix of content that ends with the first {@code length} bytes of {@code bytes}. */
  public static Suffix of(byte[] bytes, int length) {
    return length == 0 ? NONE : new Suffix(length, Prefix.hash(bytes, length));
  }
}
