package io.nsqlops.backup.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes a server printed: DDL or the canonical text of a key. Usually UTF-8, but a server may print
 * anything (a VARBINARY default, a column in a legacy charset), so it is never decoded on the way.
 */
public final class RawText {
  private final byte[] bytes;

  private RawText(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code length} bytes. */
  public static RawText copyOf(byte[] source, int offset, int length) {
    return new RawText(Arrays.copyOfRange(source, offset, offset + length));
  }

  public static RawText of(byte[] source) {
    return new RawText(source.clone());
  }

  public static RawText ofUtf8(String text) {
    return new RawText(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #latin1} gave, changed. */
  public static RawText ofLatin1(String text) {
    return new RawText(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Text in which each byte is a character, for looking into and changing: every byte is kept. */
  public String latin1() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /** The text, if the bytes are valid UTF-8. */
  public Optional<String> asUtf8() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people: bytes that are not UTF-8 show as replacement characters. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
