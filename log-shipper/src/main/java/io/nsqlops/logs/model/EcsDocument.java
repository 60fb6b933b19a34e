package io.nsqlops.logs.model;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document under construction: one flat JSON object with dotted ECS names, written straight
 * into the batch.
 *
 * <p>A parser that finds its input broken takes everything it wrote back with {@link #rollback} and
 * starts again with less ambition.
 */
public final class EcsDocument {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final Map<Severity, byte[]> severities = new EnumMap<>(Severity.class);
  private final Set<Tag> tags = EnumSet.noneOf(Tag.class);
  private final UtcText utc = new UtcText();
  private JsonBytes out;
  private int start;
  private boolean timed;
  private @Nullable Severity written;
  private boolean firstPair;

  public EcsDocument(JsonBytes out) {
    this.out = out;
    for (Severity severity : Severity.values()) {
      severities.put(severity, ('"' + severity.text() + '"').getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Begins a document.
   *
   * @param constants the fields all documents of the file share: an opening brace and at least one
   *     field, without the closing brace
   */
  public void begin(JsonBytes target, byte[] constants) {
    out = target;
    out.raw(constants);
    start = out.size();
    tags.clear();
    timed = false;
    written = null;
  }

  /** Takes back every field and tag written since {@link #begin}. */
  public void rollback() {
    out.truncate(start);
    tags.clear();
    timed = false;
    written = null;
  }

  public boolean hasTimestamp() {
    return timed;
  }

  public void timestamp(long epochSecond, int nanos) {
    out.raw(EcsField.TIMESTAMP.text());
    out.raw('"');
    utc.write(out, epochSecond, nanos);
    out.raw('"');
    timed = true;
  }

  /** Whether a level below this one was written. */
  public boolean isBelow(Severity minimum) {
    return written != null && written.compareTo(minimum) < 0;
  }

  /** Whether this level, or a worse one, was written. */
  public boolean isAtLeast(Severity level) {
    return written != null && written.compareTo(level) >= 0;
  }

  public void level(Severity severity) {
    written = severity;
    out.raw(EcsField.LOG_LEVEL.text());
    out.raw(Objects.requireNonNull(severities.get(severity)));
  }

  public void number(EcsField field, long value) {
    out.raw(field.text());
    out.decimal(value);
  }

  /** Writes a number as it stands in the text, which must be one in JSON. */
  public void rawNumber(EcsField field, byte[] source, int from, int to) {
    out.raw(field.text());
    out.raw(source, from, to);
  }

  public void flag(EcsField field, boolean value) {
    out.raw(field.text());
    out.raw(value ? TRUE : FALSE);
  }

  public void text(EcsField field, byte[] source, int from, int to) {
    openText(field);
    appendText(source, from, to);
    closeText();
  }

  /** Writes a text of ASCII characters that need no escape. */
  public void text(EcsField field, String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    text(field, bytes, 0, bytes.length);
  }

  public void openText(EcsField field) {
    out.raw(field.text());
    out.raw('"');
  }

  public void appendText(byte[] source, int from, int to) {
    if (!out.text(source, from, to)) {
      tag(Tag.INVALID_UTF8);
    }
  }

  /** Appends the inside of a JSON string, keeping its escapes. */
  public void appendJsonText(byte[] source, int from, int to) {
    if (!out.jsonText(source, from, to)) {
      tag(Tag.INVALID_UTF8);
    }
  }

  public void closeText() {
    out.raw('"');
  }

  public void openObject(EcsField field) {
    out.raw(field.text());
    out.raw('{');
    firstPair = true;
  }

  /** Starts a key inside an object; the text of the key follows, then {@link #openValue}. */
  public void openKey() {
    if (!firstPair) {
      out.raw(',');
    }
    firstPair = false;
    out.raw('"');
  }

  public void openValue() {
    out.raw('"');
    out.raw(':');
  }

  public void raw(char c) {
    out.raw(c);
  }

  public void closeObject() {
    out.raw('}');
  }

  public void tag(Tag tag) {
    tags.add(tag);
  }

  /** Closes the document. */
  public void end() {
    if (!tags.isEmpty()) {
      out.raw(EcsField.TAGS.text());
      char separator = '[';
      for (Tag tag : tags) {
        out.raw(separator);
        out.raw(('"' + tag.text() + '"').getBytes(StandardCharsets.US_ASCII));
        separator = ',';
      }
      out.raw(']');
    }
    out.raw('}');
  }
}
