package io.nsqlops.backup.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads canonical text back; not for the hot path. */
public final class CanonicalFields {
  private CanonicalFields() {}

  /** The values of one row or key, unescaped. NULL cannot occur in a key and is not told apart. */
  public static List<byte[]> split(byte[] text) {
    List<byte[]> fields = new ArrayList<>();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    for (int i = 0; i < text.length; i++) {
      byte b = text[i];
      if (b == '\t') {
        fields.add(field.toByteArray());
        field.reset();
      } else if (b == '\\' && i + 1 < text.length) {
        field.write(CanonicalText.unescaped(text[++i]));
      } else {
        field.write(b);
      }
    }
    fields.add(field.toByteArray());
    return fields;
  }
}
