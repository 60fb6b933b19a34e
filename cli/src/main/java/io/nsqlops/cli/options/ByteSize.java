package io.nsqlops.cli.options;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 5GiB}, {@code 1.5GB}, {@code 800k}: bytes. */
public final class ByteSize implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgt]?)(i?)b?");
  private static final Map<String, Integer> POWERS = Map.of("", 0, "k", 1, "m", 2, "g", 3, "t", 4);

  @Override
  public Long convert(String text) {
    long bytes = parse(text);
    if (bytes < 0) {
      throw new TypeConversionException("'" + text + "' is no size: write bytes like 5GiB");
    }
    return bytes;
  }

  /** How many bytes a text means; -1 if it means none, or too many. */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return -1;
    }
    int power = POWERS.getOrDefault(matcher.group(2), 0);
    // a bare letter means the binary unit, as everywhere in tools of this kind
    boolean decimal = matcher.group(3).isEmpty() && text.toLowerCase(Locale.ROOT).contains("b");
    BigDecimal unit = BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power);
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
    return bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(1L << 50)) > 0
        ? -1
        : bytes.longValue();
  }
}
