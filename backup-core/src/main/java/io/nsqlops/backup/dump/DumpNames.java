package io.nsqlops.backup.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of databases and tables in the names of files, as Dumpling writes them: what a file system
 * or the layout itself gives a meaning to stands as {@code %XX}.
 */
public final class DumpNames {
  private static final Pattern SPECIAL =
      Pattern.compile("[\\x00-\\x1f%\"*./:<>?\\\\|]|-(?=(?i:schema))");

  private DumpNames() {}

  /** The name as part of a file's name. */
  public static String encode(String name) {
    Matcher special = SPECIAL.matcher(name);
    return special.replaceAll(
        m -> "%" + HexFormat.of().withUpperCase().toHexDigits((byte) m.group().charAt(0)));
  }

  /** The name out of a file's name; a percent sign that begins no code stays. */
  public static String decode(String encoded) {
    byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length && isHex(in[i + 1]) && isHex(in[i + 2])) {
        out.write(HexFormat.fromHexDigits(encodedDigits(in, i + 1)));
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte b) {
    return HexFormat.isHexDigit(b);
  }

  private static String encodedDigits(byte[] in, int at) {
    return new String(in, at, 2, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
  }
}
